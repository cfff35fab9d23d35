package dev.datapipeline.csv;

/** Writes half of a surrogate pair and NUL, which a CSV document cannot hold, as their JSON escape. */
public final class UnicodeEscapes {
    private static final int DIGITS = 4;

    private UnicodeEscapes() {}

    /** A value: its own backslashes stay as they are, so one that holds such an escape as text looks the same afterwards. */
    static String escapeValue(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            i += appendCharacter(text, i, escaped);
        }
        return escaped.toString();
    }

    /** A name of a column: backslashes before what is or looks like an escape are doubled, so that no two names become one. */
    public static String escapeName(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        int backslashes = 0;
        for (int i = 0; i < name.length(); i++) {
            if (backslashes > 0 && (isUnwritable(name, i) || isEscapeAfterBackslash(name, i))) {
                escaped.repeat('\\', backslashes);
            }
            backslashes = name.charAt(i) == '\\' ? backslashes + 1 : 0;
            i += appendCharacter(name, i, escaped);
        }
        return escaped.toString();
    }

    /** @return how many more characters than one went in */
    private static int appendCharacter(String text, int at, StringBuilder target) {
        char character = text.charAt(at);
        if (isUnwritable(text, at)) {
            target.append("\\u").append("%04x".formatted((int) character));
            return 0;
        }
        target.append(character);
        if (!Character.isHighSurrogate(character)) {
            return 0;
        }
        target.append(text.charAt(at + 1));
        return 1;
    }

    private static boolean isUnwritable(String text, int at) {
        char character = text.charAt(at);
        return character == 0 || Character.isSurrogate(character) && !CellText.isPair(text, at);
    }

    /** Whether {@code u0000} or {@code ud83d} and the like stand here, in any case. */
    private static boolean isEscapeAfterBackslash(String text, int at) {
        if (text.charAt(at) != 'u' || at + DIGITS >= text.length()) {
            return false;
        }
        int code = 0;
        for (int i = at + 1; i <= at + DIGITS; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return false;
            }
            code = code * 16 + digit;
        }
        return code == 0 || Character.isSurrogate((char) code);
    }
}
