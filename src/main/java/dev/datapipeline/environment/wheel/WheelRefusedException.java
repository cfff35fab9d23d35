package dev.datapipeline.environment.wheel;

/** A wheel that is not what was announced, or is none. Asking again does not help. */
public final class WheelRefusedException extends Exception {
    /** Why, as a word for programs. */
    public enum Reason {
        /** The file is not a wheel that can be used. */
        WHEEL_REFUSED,
        /** The bytes are not those that the lock or the index names. */
        HASH_MISMATCH,
        /** No index and no upload has a file of that hash any more. */
        WHEEL_GONE
    }

    private final Reason reason;

    public WheelRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** For people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
