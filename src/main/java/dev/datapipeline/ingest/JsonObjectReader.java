package dev.datapipeline.ingest;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one object that is the whole upload. */
final class JsonObjectReader implements RecordReader {
    private final JsonRecords records;
    private boolean done;

    JsonObjectReader(UploadCursor cursor, JsonScanner scanner) {
        this.records = new JsonRecords(cursor, scanner);
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (done) {
            records.end("Send several objects as a list, or one per line as application/x-ndjson.");
            return null;
        }
        done = true;
        return records.object();
    }

    @Override
    public DatasetFormat format() {
        return DatasetFormat.JSON;
    }
}
