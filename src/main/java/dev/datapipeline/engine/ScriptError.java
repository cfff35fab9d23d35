package dev.datapipeline.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An error document of the engine, see docs/engine-protocol.md. Fields are null where nothing can be said. */
public record ScriptError(
        @Nullable String step,
        @Nullable String stage,
        String type,
        String message,
        @Nullable String traceback,
        @Nullable String script,
        @Nullable Integer line) {
    public ScriptError {
        Objects.requireNonNull(type);
        Objects.requireNonNull(message);
    }
}
