package dev.datapipeline.dataset.ingest.format;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

public enum DatasetFormat {
    /** One array of objects, or a single object. */
    JSON,
    /** One object after another, usually one per line. */
    NDJSON,
    /** A table with a header line, as in RFC 4180, with any separator; every value becomes a JSON string. */
    CSV,
    /** A sheet of a workbook (.xlsx) whose first row names the columns. */
    EXCEL,
    /** A Parquet file; each row is a record. */
    PARQUET;

    /** As in JSON answers. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String words() {
        return switch (this) {
            case JSON -> "JSON";
            case NDJSON -> "one JSON object per line (NDJSON)";
            case CSV -> "a table (CSV)";
            case EXCEL -> "an Excel workbook";
            case PARQUET -> "a Parquet file";
        };
    }
}
