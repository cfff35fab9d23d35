package dev.datapipeline.csv;

import java.util.Set;

/**
 * Finds what lets a formula access something: a call ({@code SUM(…)}), another document or program ({@code Sheet!A1}, {@code cmd|'/c
 * calc'!A0}, {@code 'file:///x'#$y}), or a cell ({@code A1}). Any other word turns the whole expression into {@code #NAME?}, so cells count
 * only where there is none.
 */
final class FormulaAccess {
    /** Before a dollar sign these mean a currency, as in -US$5, although US$5 is an address as well. */
    private static final Set<String> DOLLARS = Set.of("US", "CA", "AU", "NZ", "HK", "SG", "NT", "TW", "MX", "R");

    private static final int MOST_LETTERS = 3;
    private static final int MOST_DIGITS = 7;

    private final String text;
    private int last = -1;
    private int lastCell = -1;
    private boolean hasWord;

    FormulaAccess(String text) {
        this.text = text;
    }

    /** Where the last of them begins; -1 where there is none. */
    int findLast() {
        char before = 0;
        int at = 0;
        while (at < text.length()) {
            char character = at(at);
            if (FormulaSyntax.isNameCharacter(character)) {
                int end = endOfName(at);
                addName(at, end, before);
                before = at(end - 1);
                at = end;
                continue;
            }
            if (FormulaSyntax.isSeparator(character)) {
                endSegment();
            } else if (character == '!' && isInOtherDocument(at) || character == '#' && at(at - 1) == '\'') {
                last = at;
            }
            if (!isSpace(at)) {
                before = character;
            }
            at++;
        }
        endSegment();
        return last;
    }

    private void endSegment() {
        if (!hasWord) {
            last = Math.max(last, lastCell);
        }
        lastCell = -1;
        hasWord = false;
    }

    private void addName(int start, int end, char before) {
        if (isCall(start, end, before)) {
            last = start;
        } else if (isAddress(start, end)) {
            lastCell = start;
        } else {
            hasWord |= !isNumber(start, end);
        }
    }

    /** In plain text a blank stands before the parenthesis, and other words before the last one. */
    private boolean isCall(int start, int end, char before) {
        if (FormulaSyntax.isDigit(at(start))) {
            return false;
        }
        int next = afterSpace(end);
        return at(next) == '(' && (next == end || !FormulaSyntax.isNameCharacter(before));
    }

    private boolean isAddress(int start, int end) {
        int letters = at(start) == '$' ? start + 1 : start;
        int afterLetters = afterLetters(letters, end);
        boolean isFixedRow = afterLetters < end && at(afterLetters) == '$';
        int digits = isFixedRow ? afterLetters + 1 : afterLetters;
        int letterCount = afterLetters - letters;
        int digitCount = end - digits;
        if (letterCount < 1 || letterCount > MOST_LETTERS || digitCount < 1 || digitCount > MOST_DIGITS) {
            return false;
        }
        boolean isCurrency = isFixedRow && letters == start && DOLLARS.contains(text.substring(start, afterLetters));
        return at(digits) != '0' && afterDigits(digits, end) == end && !isCurrency && !isExponent(start);
    }

    /** As in 5.E7. */
    private boolean isExponent(int start) {
        return at(start - 1) == '.' && FormulaSyntax.isDigit(at(start - 2));
    }

    private boolean isNumber(int start, int end) {
        int digits = at(start) == '$' ? start + 1 : start;
        int exponent = afterDigits(digits, end);
        boolean hasExponent = exponent < end && (at(exponent) == 'e' || at(exponent) == 'E');
        return exponent > digits && afterDigits(hasExponent ? exponent + 1 : exponent, end) == end;
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

    private int afterLetters(int from, int end) {
        int at = from;
        while (at < end && (at(at) >= 'A' && at(at) <= 'Z' || at(at) >= 'a' && at(at) <= 'z')) {
            at++;
        }
        return at;
    }

    private int afterDigits(int from, int end) {
        int at = from;
        while (at < end && FormulaSyntax.isDigit(at(at))) {
            at++;
        }
        return at;
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

    /** NUL, which is no part of a formula, outside of the text. */
    private char at(int index) {
        return index < 0 || index >= text.length() ? 0 : FormulaSyntax.plain(text.charAt(index));
    }
}
