package dev.datapipeline.ingest;

import dev.datapipeline.problem.ProblemType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one object per line; lines with nothing but space are passed over. */
final class JsonLinesReader implements RecordReader {
    private final UploadCursor cursor;
    private final JsonRecords records;
    private long lineOfLast;

    /** @param lineOfLast line on which a record ended already, 0 when none did */
    JsonLinesReader(UploadCursor cursor, JsonScanner scanner, long lineOfLast) {
        this.cursor = cursor;
        this.records = new JsonRecords(cursor, scanner);
        this.lineOfLast = lineOfLast;
        cursor.endRecordsWithLines();
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (cursor.token() == UploadCursor.END) {
            return null;
        }
        if (cursor.line() == lineOfLast) {
            throw cursor.problem(
                    ProblemType.INVALID_JSON, "Something follows the object on its line. Put one object on each line.");
        }
        lineOfLast = cursor.line();
        return records.object();
    }

    @Override
    public DatasetFormat format() {
        return DatasetFormat.NDJSON;
    }
}
