package dev.datapipeline.sandbox;

/** So many scripts wait to be checked that this one was not. Trying again later may help. */
public final class ChecksBusyException extends Exception {
    ChecksBusyException(String message) {
        super(message);
    }
}
