package dev.datapipeline.environment.requirement.syntax;

/** A text that is no requirement. */
public final class RequirementSyntaxException extends Exception {
    private final int offset;

    /**
     * @param offset in the text, from 0
     * @param message what is wrong and what to write, without a full stop
     */
    RequirementSyntaxException(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
