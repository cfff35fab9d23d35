package dev.datapipeline.problem;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other I/O failures. */
public final class DiskFailures {
    private static final int MAX_DEPTH = 20;

    private DiskFailures() {}

    /** @return what to tell the client, or null when the disk is not full */
    public static @Nullable ProblemException problem(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof IOException && isFull(String.valueOf(cause.getMessage()))) {
                return new ProblemException(ProblemType.NO_SPACE, "The disk of the service is full. Free some space.");
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** The JDK has no exception type for a full disk, only the message of the operating system. */
    private static boolean isFull(String message) {
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
