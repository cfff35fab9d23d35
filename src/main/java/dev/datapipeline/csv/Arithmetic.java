package dev.datapipeline.csv;

/** Tells calculations, such as {@code +1+1}, from numbers, dates, telephone numbers and other data with the same characters. */
final class Arithmetic {
    private static final int LEAST_PHONE_DIGITS = 7;
    private static final int MOST_PHONE_DIGITS = 20;

    private Arithmetic() {}

    /** Whether the characters from start, which is a sign, to end calculate with more than one number. */
    static boolean isIn(String text, int start, int end) {
        boolean isDifference = false;
        boolean isOther = false;
        char before = 0;
        for (int at = start; at < end; at++) {
            char character = plain(text, at);
            if (Character.isLetter(character) && !isExponent(character, before)) {
                return false;
            }
            if (isOperator(character) && endsOperand(before) && isOperandNext(text, at + 1, end)) {
                isDifference |= character == '-';
                isOther |= character != '-';
            }
            if (!FormulaSyntax.isBlank(character)) {
                before = character;
            }
        }
        return isOther || isDifference && !isPhone(text, start, end) && !isDate(text, start, end);
    }

    private static boolean isExponent(char character, char before) {
        return (character == 'e' || character == 'E') && (FormulaSyntax.isDigit(before) || before == '.');
    }

    private static boolean isOperator(char character) {
        return "+-*^&<>=".indexOf(character) >= 0;
    }

    private static boolean endsOperand(char character) {
        return FormulaSyntax.isDigit(character) || character == ')' || character == '%' || character == '.';
    }

    private static boolean isOperandNext(String text, int from, int end) {
        int at = from;
        while (at < end && (FormulaSyntax.isBlank(text.charAt(at)) || isOperator(plain(text, at)))) {
            at++;
        }
        return at < end && (FormulaSyntax.isDigit(plain(text, at)) || plain(text, at) == '(' || plain(text, at) == '.');
    }

    /** A plus and 7 to 20 digits in groups, as in +1 (555) 010-9999. */
    private static boolean isPhone(String text, int start, int end) {
        int digits = 0;
        char before = 0;
        for (int at = start + 1; at < end; at++) {
            char character = plain(text, at);
            if (FormulaSyntax.isDigit(character)) {
                digits++;
            } else if (!FormulaSyntax.isBlank(character) && "-./()".indexOf(character) < 0
                    || character == '-' && before == '-') {
                return false;
            }
            before = character;
        }
        return plain(text, start) == '+' && digits >= LEAST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS;
    }

    /** A sign, a year of four digits or more, month and day, and perhaps a time: -0044-03-15. */
    private static boolean isDate(String text, int start, int end) {
        int month = afterDigits(text, start + 1, end);
        int day = afterDigits(text, month + 1, end);
        int time = afterDigits(text, day + 1, end);
        if (month - start <= 4
                || day - month != 3
                || time - day != 3
                || at(text, month, end) != '-'
                || at(text, day, end) != '-') {
            return false;
        }
        for (int at = time; at < end; at++) {
            char character = plain(text, at);
            if (!FormulaSyntax.isDigit(character) && !FormulaSyntax.isBlank(character) && ":.".indexOf(character) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int afterDigits(String text, int from, int end) {
        int at = from;
        while (at < end && FormulaSyntax.isDigit(plain(text, at))) {
            at++;
        }
        return at;
    }

    private static char at(String text, int at, int end) {
        return at < end ? plain(text, at) : 0;
    }

    private static char plain(String text, int at) {
        return FormulaSyntax.plain(text.charAt(at));
    }
}
