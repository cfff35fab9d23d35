package dev.datapipeline.csv;

/** Scans the text of a cell once for the traits that decide how it is written. */
final class CellText {
    /** A character that a cell without quotes cannot hold, or that a reader which guesses the separator might split at. */
    static final int NEEDS_QUOTES = 1;
    /** A character after which some readers begin a new cell or line, so that a formula may begin there. */
    static final int HAS_SEPARATOR = 2;
    /** Half of a surrogate pair, or NUL. */
    static final int NEEDS_ESCAPE = 4;
    /** The first character is a sign by which spreadsheets know formulas, or may precede one. */
    static final int MAY_BEGIN_FORMULA = 8;

    private static final byte[] TRAITS = new byte[128];
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    static {
        TRAITS[','] = NEEDS_QUOTES;
        TRAITS['"'] = NEEDS_QUOTES;
        TRAITS['|'] = NEEDS_QUOTES;
        TRAITS[';'] = NEEDS_QUOTES | HAS_SEPARATOR;
        TRAITS['\t'] = NEEDS_QUOTES | HAS_SEPARATOR;
        TRAITS['\r'] = NEEDS_QUOTES | HAS_SEPARATOR;
        TRAITS['\n'] = NEEDS_QUOTES | HAS_SEPARATOR;
        TRAITS[0] = NEEDS_ESCAPE;
    }

    private CellText() {}

    /** The union of the traits of all characters. */
    static int traits(String text) {
        int length = text.length();
        if (length == 0) {
            return 0;
        }
        int traits = traitsOfEnds(text.charAt(0), text.charAt(length - 1));
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character < TRAITS.length) {
                traits |= TRAITS[character];
            } else if (Character.isSurrogate(character)) {
                if (isPair(text, i)) {
                    i++;
                } else {
                    traits |= NEEDS_ESCAPE;
                }
            } else if (character == '\uFF1B') {
                traits |= HAS_SEPARATOR;
            }
        }
        return traits;
    }

    /** Some readers drop blanks around cells, and a byte order mark at the beginning of the document. */
    private static int traitsOfEnds(char first, char last) {
        int traits = first <= ' ' || last <= ' ' || first == BYTE_ORDER_MARK ? NEEDS_QUOTES : 0;
        return FormulaGuard.mayBegin(first) ? traits | MAY_BEGIN_FORMULA : traits;
    }

    static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
