package dev.datapipeline.sandbox.builder;

import java.util.Objects;

/**
 * Why the installer found nothing.
 *
 * @param message in the words of the installer; may have several lines, and anything in them
 * @param requirement the one that it is about, empty where it is about all
 */
public record ResolveFailure(Kind kind, String message, String requirement) {
    private static final int MAX_TEXT = 8192;

    /** The values of {@code kind} in RESOLVED, see docs/engine-protocol.md. */
    public enum Kind {
        CONFLICT,
        NO_VERSION,
        PYTHON,
        BY_URL,
        NO_SPACE,
        TOO_COMPLEX,
        TIMEOUT,
        OUT_OF_MEMORY,
        NO_INSTALLER,
        OTHER
    }

    public ResolveFailure {
        Objects.requireNonNull(kind);
        if (message.length() > MAX_TEXT || requirement.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a text beyond its bound");
        }
    }
}
