package dev.datapipeline.csv;

import java.util.Set;

/** Finds in a text what makes a formula reach for something: {@code SUM(…)}, {@code A1}, {@code Sheet!A1}, {@code cmd|'/c calc'!A0}. */
final class FormulaAccess {
    /** Before a dollar sign these mean a currency, as in -US$5, although US$5 is an address as well. */
    private static final Set<String> DOLLARS = Set.of("US", "CA", "AU", "NZ", "HK", "SG", "NT", "TW", "MX", "R");

    private static final int MOST_LETTERS = 3;
    private static final int MOST_DIGITS = 7;

    private final String text;

    FormulaAccess(String text) {
        this.text = text;
    }

    /** Where the last of them begins; -1 where there is none. */
    int last() {
        int last = -1;
        char before = 0;
        int at = 0;
        while (at < text.length()) {
            char character = at(at);
            if (FormulaSyntax.isNameCharacter(character)) {
                int end = endOfName(at);
                if (isCall(at, end, before) || isCell(at, end, before)) {
                    last = at;
                }
                before = at(end - 1);
                at = end;
                continue;
            }
            if (character == '!' && isInOtherDocument(at)) {
                last = at;
            }
            if (!isSpace(at)) {
                before = character;
            }
            at++;
        }
        return last;
    }

    /** In plain text a blank stands before the parenthesis, and other words before the last one. */
    private boolean isCall(int start, int end, char before) {
        if (FormulaSyntax.isDigit(at(start))) {
            return false;
        }
        int next = afterSpace(end);
        return at(next) == '(' && (next == end || !FormulaSyntax.isNameCharacter(before));
    }

    /** An address that is an operand: with another word beside it, it is a word itself, as in "-A4 paper". */
    private boolean isCell(int start, int end, char before) {
        boolean isFraction = start > 1 && at(start - 1) == '.' && FormulaSyntax.isDigit(at(start - 2));
        return isAddress(start, end)
                && !isFraction
                && !FormulaSyntax.isNameCharacter(before)
                && !FormulaSyntax.isNameCharacter(at(afterSpace(end)));
    }

    private boolean isAddress(int start, int end) {
        int letters = at(start) == '$' ? start + 1 : start;
        int afterLetters = letters;
        while (afterLetters < end && isLatin(at(afterLetters))) {
            afterLetters++;
        }
        boolean isFixedRow = at(afterLetters) == '$' && afterLetters < end;
        int digits = isFixedRow ? afterLetters + 1 : afterLetters;
        for (int i = digits; i < end; i++) {
            if (!FormulaSyntax.isDigit(at(i))) {
                return false;
            }
        }
        int letterCount = afterLetters - letters;
        boolean isShape = letterCount > 0 && letterCount <= MOST_LETTERS && end > digits && end - digits <= MOST_DIGITS;
        return isShape && !(isFixedRow && letters == start && DOLLARS.contains(text.substring(start, afterLetters)));
    }

    /** As punctuation, an exclamation mark ends a word and begins none. */
    private boolean isInOtherDocument(int at) {
        char before = at(at - 1);
        char after = at(at + 1);
        boolean endsName = FormulaSyntax.isNameCharacter(before) || before == '\'' || before == ']' || before == ')';
        return endsName && (FormulaSyntax.isNameCharacter(after) || after == '\'' || after == '[' || after == '#');
    }

    private int endOfName(int start) {
        int end = start;
        while (FormulaSyntax.isNameCharacter(at(end))) {
            end++;
        }
        return end;
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < text.length() && isSpace(at)) {
            at++;
        }
        return at;
    }

    private boolean isSpace(int at) {
        char character = at(at);
        return FormulaSyntax.isBlank(character) || character == '\n' || character == '\r' || character == '\t';
    }

    private static boolean isLatin(char character) {
        return character >= 'A' && character <= 'Z' || character >= 'a' && character <= 'z';
    }

    /** NUL, which is no part of a formula, outside of the text. */
    private char at(int index) {
        return index < 0 || index >= text.length() ? 0 : FormulaSyntax.plain(text.charAt(index));
    }
}
