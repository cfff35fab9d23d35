package dev.datapipeline.ingest;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Picks the reader of an upload by what it was said to be and by its first bytes. */
final class RecordReaders {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int WINDOW_BYTES = 256 * 1024;

    private RecordReaders() {}

    /** @param format null when only the content can tell */
    static RecordReader open(
            InputStream upload, FieldSummary summary, IngestLimits limits, @Nullable DatasetFormat format) {
        UploadCursor cursor = new UploadCursor(upload, WINDOW_BYTES, limits.recordBytes());
        return open(cursor, summary, limits, format);
    }

    static RecordReader open(
            UploadCursor cursor, FieldSummary summary, IngestLimits limits, @Nullable DatasetFormat format) {
        ForeignContent.refuse(cursor);
        cursor.skip(BYTE_ORDER_MARK);
        if (format == DatasetFormat.CSV) {
            return new CsvReader(cursor, summary, limits.recordBytes());
        }
        if (cursor.token() == UploadCursor.END) {
            throw emptyBody();
        }
        JsonScanner scanner = new JsonScanner(cursor, summary, limits.depth());
        if (format == DatasetFormat.NDJSON) {
            return new JsonLinesReader(cursor, scanner, 0);
        }
        if (cursor.peek() == '[') {
            return new JsonArrayReader(cursor, scanner);
        }
        return format == DatasetFormat.JSON
                ? new JsonObjectReader(cursor, scanner)
                : new JsonObjectsReader(cursor, scanner);
    }

    static ProblemException emptyBody() {
        return new ProblemException(
                ProblemType.EMPTY_BODY, "There is nothing in the upload. Send at least one record.");
    }
}
