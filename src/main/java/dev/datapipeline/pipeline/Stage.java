package dev.datapipeline.pipeline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The scripts of a step, in the order in which a record meets them. */
public enum Stage {
    PRE,
    MAIN,
    POST;

    /** {@code pre}, {@code main} or {@code post}, as clients and the engine know it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
