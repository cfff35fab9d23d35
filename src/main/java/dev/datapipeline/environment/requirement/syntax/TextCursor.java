package dev.datapipeline.environment.requirement.syntax;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a text that is read from the left to the right. */
final class TextCursor {
    private static final int LONGEST_QUOTE = 20;

    private final String text;
    private int offset;

    TextCursor(String text) {
        this.text = text;
    }

    int offset() {
        return offset;
    }

    boolean isAtEnd() {
        return offset == text.length();
    }

    void skipBlanks() {
        while (!isAtEnd() && (text.charAt(offset) == ' ' || text.charAt(offset) == '\t')) {
            offset++;
        }
    }

    boolean startsWith(String expected) {
        return text.startsWith(expected, offset);
    }

    /** Passes the expected text where it stands here. */
    boolean tryTake(String expected) {
        if (!startsWith(expected)) {
            return false;
        }
        offset += expected.length();
        return true;
    }

    /** Passes what the pattern finds here; returns an empty text where it finds nothing. */
    String take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(offset, text.length());
        if (!matcher.lookingAt()) {
            return "";
        }
        offset = matcher.end();
        return matcher.group();
    }

    RequirementSyntaxException error(String message) {
        return errorAt(offset, message);
    }

    RequirementSyntaxException errorAt(int place, String message) {
        return new RequirementSyntaxException(place, message);
    }

    /** What stands here, for messages. */
    String quote() {
        if (isAtEnd()) {
            return "the end";
        }
        String rest = text.substring(offset);
        int most = rest.offsetByCodePoints(0, Math.min(LONGEST_QUOTE, rest.codePointCount(0, rest.length())));
        return "\"" + printable(rest.substring(0, most)) + (most < rest.length() ? "…" : "") + "\"";
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) ? '\uFFFD' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
