package dev.datapipeline.ingest;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the records of an upload are written down. */
public enum DatasetFormat {
    /** One array of objects, or a single object. */
    JSON,
    /** One object per line. */
    NDJSON,
    /** RFC 4180 with a header line; every value becomes a JSON string. */
    CSV;

    /** As in JSON answers. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a file name says about the format, null when only the content can tell: many files named .json hold an object per line.
     */
    public static @Nullable DatasetFormat ofFileName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return name.endsWith(".ndjson") || name.endsWith(".jsonl") ? NDJSON : null;
    }
}
