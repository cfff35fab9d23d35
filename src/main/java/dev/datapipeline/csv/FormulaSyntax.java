package dev.datapipeline.csv;

/**
 * Decides what Excel, LibreOffice and Google Sheets treat as a formula. All three evaluate text after {@code =}; Excel and Google Sheets
 * also after {@code +}, {@code -} and {@code @}, which mostly begin data: numbers, telephone numbers, names, options, list items. After
 * those three signs a text counts as a formula if it calls something, refers to a cell or another document, or calculates.
 */
final class FormulaSyntax {
    private static final int UNKNOWN = -2;

    private final String text;
    private int lastAccess = UNKNOWN;

    FormulaSyntax(String text) {
        this.text = text;
    }

    boolean isFormula(int at) {
        if (at >= text.length() || !isSign(text.charAt(at))) {
            return false;
        }
        if (plain(text.charAt(at)) == '=') {
            return hasOperand(at);
        }
        if (lastAccess == UNKNOWN) {
            lastAccess = new FormulaAccess(text).findLast();
        }
        return lastAccess > at || Arithmetic.isIn(text, at, endOfSegment(at));
    }

    /** A row of signs evaluates to nothing: {@code =}, {@code ==}, {@code =>}. */
    private boolean hasOperand(int at) {
        for (int i = at; i < text.length(); i++) {
            char character = plain(text.charAt(i));
            if (character > '~' || isNameCharacter(character) || "\"'([{#".indexOf(character) >= 0) {
                return true;
            }
        }
        return false;
    }

    private int endOfSegment(int at) {
        int end = at;
        while (end < text.length() && !isSeparator(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isSign(char character) {
        char plain = plain(character);
        return plain == '=' || plain == '+' || plain == '-' || plain == '@';
    }

    /** What may end a cell or line for a reader that takes no notice of quotes, or was told another separator. */
    static boolean isSeparator(char character) {
        return character == '\t' || character == '\n' || character == '\r' || plain(character) == ';';
    }

    /** Whether readers may drop it before a formula: blanks of all kinds, control characters, and what cannot be seen. */
    static boolean isBlank(char character) {
        if (character <= ' ') {
            return !isSeparator(character);
        }
        return character >= 0x7F
                && (Character.isISOControl(character)
                        || Character.isSpaceChar(character)
                        || Character.getType(character) == Character.FORMAT);
    }

    static boolean isNameCharacter(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$' || character == '\\';
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** Spreadsheets read full-width and small forms as the characters of ASCII that they stand for. */
    static char plain(char character) {
        if (character < 0x80) {
            return character;
        }
        if (character >= '\uFF01' && character <= '\uFF5E') {
            return (char) (character - 0xFEE0);
        }
        return switch (character) {
            case '\uFE62' -> '+';
            case '\uFE63' -> '-';
            case '\uFE66' -> '=';
            case '\uFE6B' -> '@';
            default -> character;
        };
    }
}
