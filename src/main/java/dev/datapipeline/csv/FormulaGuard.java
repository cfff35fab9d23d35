package dev.datapipeline.csv;

/**
 * Puts an apostrophe before what a spreadsheet would evaluate as a formula: at the beginning of a cell, and after a semicolon, tab or line
 * end in it, since some readers begin a new cell there. Text that begins with apostrophes and such a formula gets one more, so that the
 * change is reversible and two texts never become one. See https://owasp.org/www-community/attacks/CSV_Injection.
 */
public final class FormulaGuard {
    private FormulaGuard() {}

    /** Whether a text with this first character needs a closer look. */
    static boolean mayBegin(char first) {
        return first == '\''
                || FormulaSyntax.isSign(first)
                || FormulaSyntax.isBlank(first)
                || FormulaSyntax.isSeparator(first);
    }

    /** The text as it is where no part of it is a formula. */
    public static String guard(String text) {
        FormulaSyntax syntax = new FormulaSyntax(text);
        StringBuilder guarded = new StringBuilder();
        int copied = 0;
        for (int start = 0; start < text.length(); start = nextSegment(text, start)) {
            if (syntax.isFormula(firstOfSegment(text, start))) {
                guarded.append(text, copied, start).append('\'');
                copied = start;
            }
        }
        if (copied == 0 && guarded.isEmpty()) {
            return text;
        }
        return guarded.append(text, copied, text.length()).toString();
    }

    private static int nextSegment(String text, int from) {
        int at = from;
        while (at < text.length() && !FormulaSyntax.isSeparator(text.charAt(at))) {
            at++;
        }
        return at + 1;
    }

    /** Readers ignore tabs, line ends and blanks at the beginning of a cell, so the first other character counts there. */
    private static int firstOfSegment(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        while (at < text.length()
                && (FormulaSyntax.isBlank(text.charAt(at))
                        || start == 0 && FormulaSyntax.isSeparator(text.charAt(at)))) {
            at++;
        }
        return at;
    }
}
