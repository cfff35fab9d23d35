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

/** Picks the reader of an upload: by its first bytes where they tell, else by what it was said to be. */
public final class RecordReaders {
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int FIRST_LOOK = 1024;

    private RecordReaders() {}

    static RecordReader open(InputStream upload, FieldSummary summary, IngestLimits limits, UploadHints hints) {
        UploadBuffer cursor = new UploadBuffer(upload, WINDOW_BYTES, limits.recordBytes());
        return open(cursor, summary, limits, hints);
    }

    static RecordReader open(UploadBuffer cursor, FieldSummary summary, IngestLimits limits, UploadHints hints) {
        FileTypeDetector.refuse(cursor);
        cursor.skipByteOrderMark();
        boolean isJson = beginsLikeJson(cursor, hints);
        TableLayout layout = isJson ? null : TableLayout.of(cursor.lookAhead(TableLayout.SAMPLE_BYTES), hints);
        if (layout != null && (hints.claim(DatasetFormat.CSV) || hints.separator() != null || layout.isEvident())) {
            return table(cursor, summary, limits, layout, hints);
        }
        if (cursor.token() == UploadBuffer.END) {
            throw UploadBuffer.empty();
        }
        JsonScanner scanner = new JsonScanner(cursor, summary, limits.depth());
        JsonPointer records = hints.records();
        if (records != null && !records.segments().isEmpty()) {
            return new PointedListReader(cursor, scanner, hints, records);
        }
        return new JsonAutodetectReader(cursor, scanner, hints);
    }

    private static RecordReader table(
            UploadBuffer cursor, FieldSummary summary, IngestLimits limits, TableLayout layout, UploadHints hints) {
        if (hints.records() != null) {
            throw cursor.problem(
                    ProblemType.NOT_A_RECORD_LIST,
                    "The parameter \"records\" names a list in a JSON document, and this is a table. Leave it out.");
        }
        return new CsvReader(cursor, summary, limits.recordBytes(), layout, hints);
    }

    /**
     * Whether the first sign opens an object or a list. A table may begin with a bracket too: what was called one is only taken for JSON
     * when the next sign goes with it.
     */
    private static boolean beginsLikeJson(UploadBuffer cursor, UploadHints hints) {
        int at = visible(cursor, 0);
        boolean isTable = hints.claim(DatasetFormat.CSV) || hints.separator() != null;
        return switch (cursor.peekAhead(at)) {
            case JsonAutodetectReader.RECORD_SEPARATOR -> true;
            case '{' -> !isTable || "\"}".indexOf(cursor.peekAhead(visible(cursor, at + 1))) >= 0;
            case '[' -> !isTable || "{[]\"".indexOf(cursor.peekAhead(visible(cursor, at + 1))) >= 0;
            default -> false;
        };
    }

    /** How far ahead the next byte is that is no space; waits for no more of the upload than that. */
    private static int visible(UploadBuffer cursor, int from) {
        int at = from;
        while (at < FIRST_LOOK && " \t\n\r".indexOf(cursor.peekAhead(at)) >= 0) {
            at++;
        }
        return at;
    }
}
