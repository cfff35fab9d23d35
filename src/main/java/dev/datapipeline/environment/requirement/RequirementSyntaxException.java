package dev.datapipeline.environment.requirement;

/** A text that is no requirement. */
final class RequirementSyntaxException extends Exception {
    private final int offset;

    /**
     * @param offset in the text, from 0
     * @param message what is wrong and what to write, without a full stop
     */
    RequirementSyntaxException(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
