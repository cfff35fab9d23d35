package dev.datapipeline.ingest;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one array of objects; the cursor stands on its opening bracket. */
final class JsonArrayReader implements RecordReader {
    private final UploadCursor cursor;
    private final JsonScanner scanner;
    private final JsonRecords records;
    private Place place = Place.BEFORE;

    private enum Place {
        BEFORE,
        INSIDE,
        AFTER
    }

    JsonArrayReader(UploadCursor cursor, JsonScanner scanner) {
        this.cursor = cursor;
        this.scanner = scanner;
        this.records = new JsonRecords(cursor, scanner);
    }

    @Override
    public @Nullable ByteBuffer next() {
        if (hasNext()) {
            place = Place.INSIDE;
            return records.object();
        }
        place = Place.AFTER;
        records.end("One list holds all records.");
        return null;
    }

    private boolean hasNext() {
        return switch (place) {
            case BEFORE -> opens();
            case INSIDE -> scanner.hasNext(']');
            case AFTER -> false;
        };
    }

    private boolean opens() {
        cursor.advance();
        if (cursor.token() != ']') {
            return true;
        }
        cursor.advance();
        return false;
    }

    @Override
    public DatasetFormat format() {
        return DatasetFormat.JSON;
    }
}
