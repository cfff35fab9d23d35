package dev.datapipeline.ingest;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads an upload of unknown format that begins with an object: a single one over any number of lines, or one per line. */
final class JsonObjectsReader implements RecordReader {
    private final UploadCursor cursor;
    private final JsonScanner scanner;
    private RecordReader reader;
    private boolean isFirst = true;

    JsonObjectsReader(UploadCursor cursor, JsonScanner scanner) {
        this.cursor = cursor;
        this.scanner = scanner;
        this.reader = new JsonObjectReader(cursor, scanner);
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (isFirst) {
            isFirst = false;
            return reader.next();
        }
        if (reader instanceof JsonObjectReader && firstEndedItsLine()) {
            reader = new JsonLinesReader(cursor, scanner, cursor.line() - 1);
        }
        return reader.next();
    }

    /** Whether the first object stood on one line and another object stands on a later one. */
    private boolean firstEndedItsLine() {
        if (cursor.brokeLine()) {
            return false;
        }
        return cursor.token() == '{' && cursor.brokeLine();
    }

    @Override
    public DatasetFormat format() {
        return reader.format();
    }
}
