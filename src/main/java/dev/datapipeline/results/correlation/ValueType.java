package dev.datapipeline.results.correlation;

import java.util.Locale;

enum ValueType {
    NULL,
    TEXT,
    NUMBER,
    BOOLEAN,
    OBJECT,
    LIST;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
