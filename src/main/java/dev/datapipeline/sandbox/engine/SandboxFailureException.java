package dev.datapipeline.sandbox.engine;

import org.jspecify.annotations.Nullable;

/** A sandbox could not do its work; another one may. */
public final class SandboxFailureException extends Exception {
    private final SandboxFailure failure;
    private final String message;

    /** @param message what happened and what to do about it, for people */
    public SandboxFailureException(SandboxFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.message = message;
    }

    public static SandboxFailureException violation(String what) {
        return new SandboxFailureException(
                SandboxFailure.PROTOCOL_VIOLATION, "The sandbox broke the protocol: " + what + ".", null);
    }

    public static SandboxFailureException died(String how, @Nullable Throwable cause) {
        return new SandboxFailureException(SandboxFailure.ENGINE_DIED, how, cause);
    }

    public static SandboxFailureException closed() {
        return new SandboxFailureException(
                SandboxFailure.CLOSED, "The sandbox was released while it was at work.", null);
    }

    @Override
    public String getMessage() {
        return message;
    }

    public SandboxFailure failure() {
        return failure;
    }
}
