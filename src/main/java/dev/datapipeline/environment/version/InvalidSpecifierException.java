package dev.datapipeline.environment.version;

/** A text that is no condition on versions. */
public final class InvalidSpecifierException extends Exception {
    /** @param message what is wrong, without a full stop */
    public InvalidSpecifierException(String message) {
        super(message, null, false, false);
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
