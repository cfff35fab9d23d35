package dev.datapipeline.dataset.ingest.format;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The types of JSON values; {@code INTEGER} is a number written without fraction and exponent. */
public enum JsonType {
    INTEGER,
    NUMBER,
    STRING,
    BOOLEAN,
    NULL,
    OBJECT,
    ARRAY;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
