package dev.datapipeline.sandbox.engine;

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
    /** What the engine says when the folder with the packages of the scripts is not in the sandbox. */
    private static final String ENVIRONMENT_MISSING = "ENVIRONMENT_MISSING";

    private static final int MAX_NAME = 1000;
    private static final int MAX_TYPE = 200;
    private static final int MAX_MESSAGE = 8 * 1024;
    private static final int MAX_TRACEBACK = 16 * 1024;

    public ScriptError {
        Objects.requireNonNull(type);
        Objects.requireNonNull(message);
    }

    /** Whether nothing is wrong with the scripts: the sandbox has not found the packages that they need. */
    public boolean tellsOfMissingEnvironment() {
        return type.equals(ENVIRONMENT_MISSING);
    }

    /** Whether every part is as short as the engine makes it. */
    public boolean fitsLimits() {
        return isAtMost(MAX_NAME, step)
                && isAtMost(MAX_NAME, stage)
                && isAtMost(MAX_NAME, script)
                && isAtMost(MAX_TYPE, type)
                && isAtMost(MAX_MESSAGE, message)
                && isAtMost(MAX_TRACEBACK, traceback)
                && (line == null || line >= 0);
    }

    private static boolean isAtMost(int max, @Nullable String text) {
        return text == null || text.length() <= max;
    }
}
