package dev.datapipeline.sandbox;

/** A script was not checked because too many others wait to be checked. Trying again later may help. */
public final class ChecksBusyException extends Exception {
    public ChecksBusyException(String message) {
        super(message);
    }
}
