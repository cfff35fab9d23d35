package dev.datapipeline.ingest;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.InputStream;

/** Picks the reader of an upload: by its first bytes where they tell, else by what it was said to be. */
final class RecordReaders {
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int FIRST_LOOK = 1024;

    private RecordReaders() {}

    static RecordReader open(InputStream upload, FieldSummary summary, IngestLimits limits, UploadHints hints) {
        UploadCursor cursor = new UploadCursor(upload, WINDOW_BYTES, limits.recordBytes());
        return open(cursor, summary, limits, hints);
    }

    static RecordReader open(UploadCursor cursor, FieldSummary summary, IngestLimits limits, UploadHints hints) {
        ForeignContent.refuse(cursor);
        cursor.skipByteOrderMark();
        boolean isJson = beginsLikeJson(cursor, hints);
        TableLayout layout = isJson ? null : TableLayout.of(cursor.lookAhead(TableLayout.SAMPLE_BYTES), hints);
        if (layout != null && (hints.claim(DatasetFormat.CSV) || hints.separator() != null || layout.isEvident())) {
            return table(cursor, summary, limits, layout, hints);
        }
        if (cursor.token() == UploadCursor.END) {
            throw emptyBody();
        }
        JsonScanner scanner = new JsonScanner(cursor, summary, limits.depth());
        JsonPointer records = hints.records();
        if (records != null && !records.segments().isEmpty()) {
            return new PointedListReader(cursor, scanner, hints, records);
        }
        return new JsonValuesReader(cursor, scanner, hints);
    }

    private static RecordReader table(
            UploadCursor cursor, FieldSummary summary, IngestLimits limits, TableLayout layout, UploadHints hints) {
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
    private static boolean beginsLikeJson(UploadCursor cursor, UploadHints hints) {
        int at = visible(cursor, 0);
        boolean isTable = hints.claim(DatasetFormat.CSV) || hints.separator() != null;
        return switch (cursor.peekAhead(at)) {
            case JsonValuesReader.RECORD_SEPARATOR -> true;
            case '{' -> !isTable || "\"}".indexOf(cursor.peekAhead(visible(cursor, at + 1))) >= 0;
            case '[' -> !isTable || "{[]\"".indexOf(cursor.peekAhead(visible(cursor, at + 1))) >= 0;
            default -> false;
        };
    }

    /** How far ahead the next byte is that is no space; waits for no more of the upload than that. */
    private static int visible(UploadCursor cursor, int from) {
        int at = from;
        while (at < FIRST_LOOK && " \t\n\r".indexOf(cursor.peekAhead(at)) >= 0) {
            at++;
        }
        return at;
    }

    static ProblemException emptyBody() {
        return new ProblemException(
                ProblemType.EMPTY_BODY, "There is nothing in the upload. Send at least one record.");
    }
}
