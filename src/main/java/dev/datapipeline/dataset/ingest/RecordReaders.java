package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.csv.CsvReader;
import dev.datapipeline.dataset.ingest.csv.TableLayout;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.JsonPointer;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.FileTypeDetector;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadBuffer;
import dev.datapipeline.dataset.ingest.json.JsonAutodetectReader;
import dev.datapipeline.dataset.ingest.json.JsonScanner;
import dev.datapipeline.dataset.ingest.json.PointedListReader;
import dev.datapipeline.problem.ProblemType;
import java.io.InputStream;

/** Chooses the reader of an upload by its first bytes, or by what the client says where these do not tell. */
public final class RecordReaders {
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int FIRST_LOOK = 1024;

    private RecordReaders() {}

    static RecordReader open(InputStream upload, FieldSummary summary, IngestLimits limits, UploadHints hints) {
        UploadBuffer buffer = new UploadBuffer(upload, WINDOW_BYTES, limits.recordBytes());
        return open(buffer, summary, limits, hints);
    }

    static RecordReader open(UploadBuffer buffer, FieldSummary summary, IngestLimits limits, UploadHints hints) {
        FileTypeDetector.reject(buffer);
        buffer.skipByteOrderMark();
        boolean isJson = beginsLikeJson(buffer, hints);
        TableLayout layout = isJson ? null : TableLayout.of(buffer.lookAhead(TableLayout.SAMPLE_BYTES), hints);
        if (layout != null && (hints.claim(DatasetFormat.CSV) || hints.separator() != null || layout.isEvident())) {
            return table(buffer, summary, limits, layout, hints);
        }
        if (buffer.token() == UploadBuffer.END) {
            throw UploadBuffer.empty();
        }
        JsonScanner scanner = new JsonScanner(buffer, summary, limits.depth());
        JsonPointer records = hints.records();
        if (records != null && !records.segments().isEmpty()) {
            return new PointedListReader(buffer, scanner, hints, records);
        }
        return new JsonAutodetectReader(buffer, scanner, hints);
    }

    private static RecordReader table(
            UploadBuffer buffer, FieldSummary summary, IngestLimits limits, TableLayout layout, UploadHints hints) {
        if (hints.records() != null) {
            throw buffer.problem(
                    ProblemType.NOT_A_RECORD_LIST,
                    "The parameter \"records\" names a list in a JSON document, and this is a table. Leave it out.");
        }
        return new CsvReader(buffer, summary, limits.recordBytes(), layout, hints);
    }

    /** Whether the first character opens an object or a list; where a table is announced, the next character must fit as well. */
    private static boolean beginsLikeJson(UploadBuffer buffer, UploadHints hints) {
        int at = visible(buffer, 0);
        boolean isTable = hints.claim(DatasetFormat.CSV) || hints.separator() != null;
        return switch (buffer.peekAhead(at)) {
            case JsonAutodetectReader.RECORD_SEPARATOR -> true;
            case '{' -> !isTable || "\"}".indexOf(buffer.peekAhead(visible(buffer, at + 1))) >= 0;
            case '[' -> !isTable || "{[]\"".indexOf(buffer.peekAhead(visible(buffer, at + 1))) >= 0;
            default -> false;
        };
    }

    /** Distance to the next byte that is not white space. */
    private static int visible(UploadBuffer buffer, int from) {
        int at = from;
        while (at < FIRST_LOOK && " \t\n\r".indexOf(buffer.peekAhead(at)) >= 0) {
            at++;
        }
        return at;
    }
}
