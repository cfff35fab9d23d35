package dev.datapipeline.environment.install;

/** A wheel that is not unpacked, because it is malformed, hostile, too large, or not the one that was locked. */
public final class InstallRefusedException extends Exception {
    /** Why, as a word for programs. */
    public enum Reason {
        MALFORMED,
        HASH_MISMATCH,
        TOO_LARGE
    }

    private static final int MAX_NAME = 200;

    private final Reason reason;

    InstallRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @param what a sentence about the wheel without its subject */
    static InstallRefusedException malformed(String wheel, String what) {
        return new InstallRefusedException(Reason.MALFORMED, wheel + " " + what + ".");
    }

    public Reason reason() {
        return reason;
    }

    /** For people. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** A name out of a wheel as it can stand in a message. */
    static String shown(String name) {
        String printable = name.replaceAll("[^ -~\\p{L}\\p{N}]", "?");
        return printable.length() <= MAX_NAME ? printable : printable.substring(0, MAX_NAME) + "…";
    }
}
