package dev.datapipeline.sandbox;

import org.jspecify.annotations.Nullable;

/** A sandbox could not do its work; another one may. */
public final class SandboxFailureException extends Exception {
    private final SandboxFailure failure;

    public SandboxFailureException(SandboxFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public SandboxFailure failure() {
        return failure;
    }
}
