package dev.datapipeline.dataset.ingest.format;

import dev.datapipeline.problem.ProblemException;
import java.util.Locale;
import java.util.Map;

/** The separator of the columns of a table: one ASCII character. */
public record Separator(char character) {
    public static final Separator COMMA = new Separator(',');
    public static final Separator TAB = new Separator('\t');
    public static final Separator SEMICOLON = new Separator(';');
    public static final Separator BAR = new Separator('|');

    private static final Map<String, Separator> NAMES = Map.of(
            "comma", COMMA, "tab", TAB, "\\t", TAB, "semicolon", SEMICOLON, "pipe", BAR, "space", new Separator(' '));
    private static final String OTHERS = "^~:!#$%&*/=?@_+";

    /** @throws ProblemException INVALID_PARAMETER for what cannot separate columns */
    public static Separator parse(String text) {
        Separator named = NAMES.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        if (text.length() != 1 || !canSeparate(text.charAt(0))) {
            throw ProblemException.invalidParameter(
                    "separator", "must be one of , ; | tab, or another single sign that is no letter, digit or quote");
        }
        return new Separator(text.charAt(0));
    }

    public static boolean canSeparate(char character) {
        return ",;|\t ".indexOf(character) >= 0 || OTHERS.indexOf(character) >= 0;
    }

    public String text() {
        return String.valueOf(character);
    }

    public String words() {
        return switch (character) {
            case ',' -> "a comma";
            case ';' -> "a semicolon";
            case '\t' -> "a tab";
            case '|' -> "a vertical bar";
            case ' ' -> "a space";
            default -> "'" + character + "'";
        };
    }
}
