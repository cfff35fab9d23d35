package dev.datapipeline.results.correlation;

import org.jspecify.annotations.Nullable;

/**
 * What is compared of the value of a field.
 *
 * @param literal a short text, a number or a boolean as JSON; null for all others
 * @param number NaN for what is no number
 * @param length characters of a text, entries of a list
 * @param isEmpty a blank text, or a list or an object with nothing in it
 */
record FieldValue(ValueType type, @Nullable String literal, double number, int length, boolean isEmpty) {
    private static final int LONGEST_PATTERN = 40;

    /**
     * A short text with {@code 9} for each run of digits and {@code a} for each run of letters, such as {@code 9-9-9} for a date; null for what
     * has none.
     */
    @Nullable
    String pattern() {
        if (type != ValueType.TEXT || literal == null || length > LONGEST_PATTERN) {
            return null;
        }
        StringBuilder pattern = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            char found = kind(literal.charAt(i));
            boolean isRun = (found == '9' || found == 'a')
                    && !pattern.isEmpty()
                    && pattern.charAt(pattern.length() - 1) == found;
            if (!isRun) {
                pattern.append(found);
            }
        }
        return pattern.toString();
    }

    private static char kind(char character) {
        if (Character.isDigit(character)) {
            return '9';
        }
        return Character.isLetter(character) ? 'a' : character;
    }
}
