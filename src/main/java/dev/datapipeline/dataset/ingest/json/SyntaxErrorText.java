package dev.datapipeline.dataset.ingest.json;

import dev.datapipeline.dataset.ingest.input.UploadBuffer;

/** Describes what was found instead of what was expected. */
final class SyntaxErrorText {
    private SyntaxErrorText() {}

    /** @param found a byte of the upload or {@link UploadBuffer#END} */
    static String insteadOf(String wanted, int found) {
        return "Expected " + wanted + ", found " + describe(found) + "." + advice(found);
    }

    static String inString(int found) {
        return switch (found) {
            case UploadBuffer.END -> "The upload ends inside a string.";
            case '\n', '\r' -> "A string ends in the line it began in. Write a line break in it as \\n.";
            case '\t' -> "A tab in a string is written as \\t.";
            default -> "A string cannot hold " + describe(found) + ". Write it as \\u" + "%04x.".formatted(found);
        };
    }

    private static String describe(int found) {
        if (found == UploadBuffer.END) {
            return "the end of the upload";
        }
        if (found == '\n' || found == '\r') {
            return "the end of the line";
        }
        if (found > ' ' && found < 0x7F) {
            return "'" + (char) found + "'";
        }
        return found < 0x80 ? "the control character 0x%02x".formatted(found) : "a character that is not ASCII";
    }

    private static String advice(int found) {
        return switch (found) {
            case '\'' -> " Put strings and names in double quotes.";
            case '/', '#' -> " JSON has no comments.";
            case 'N', 'I' -> " JSON has no NaN and no Infinity; use null.";
            case 'T', 'F' -> " Write true and false in small letters.";
            case '+', '.' -> " A number begins with a digit or a minus sign.";
            case '}', ']' -> " Is there a comma too many before it?";
            default -> "";
        };
    }
}
