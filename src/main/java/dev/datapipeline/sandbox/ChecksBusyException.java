package dev.datapipeline.sandbox;

/** Too many scripts wait to be checked. Trying again later may help. */
public final class ChecksBusyException extends Exception {
    public ChecksBusyException(String message) {
        super(message);
    }
}
