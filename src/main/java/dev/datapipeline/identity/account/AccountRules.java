package dev.datapipeline.identity.account;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names and passwords of users may be. */
public final class AccountRules {
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD = 256;
    /** Characters of a password before it is normalized; each may be a letter and several marks. */
    private static final int LONGEST_TEXT = 8 * LONGEST_PASSWORD;

    private static final int LONGEST_USERNAME = 64;
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]*");

    private AccountRules() {}

    /** The name as it is stored: case does not count. */
    public static String username(@Nullable String text) {
        String name = lowerCase(required(text, "username"));
        if (name.length() > LONGEST_USERNAME || !USERNAME.matcher(name).matches()) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    "/username",
                    "A username has at most " + LONGEST_USERNAME
                            + " characters: letters a to z, digits and . _ @ + -, with a letter or digit first.");
        }
        return name;
    }

    /** The name as it would be stored, whether anybody can have it or not. */
    static String lowerCase(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    public static String newPassword(@Nullable String text, String pointer) {
        String password = normalized(required(text, pointer.substring(1)));
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    pointer,
                    "A password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD
                            + " characters. Any character counts, so a few words make a good one.");
        }
        if (password.chars().distinct().count() < SHORTEST_PASSWORD / 3) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    pointer,
                    "The password repeats the same few characters. Choose another one.");
        }
        return password;
    }

    static void differs(String password, String username) {
        if (password.equalsIgnoreCase(username)) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE, "/password", "The password is the username. Choose another one.");
        }
    }

    /** One form for each text, since keyboards send letters with marks in several forms. What is too long for a password is cut. */
    static String normalized(String password) {
        String text = password.length() <= LONGEST_TEXT ? password : password.substring(0, LONGEST_TEXT);
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    public static String required(@Nullable String text, String name) {
        if (text == null || text.isBlank()) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, "/" + name, "The field \"" + name + "\" is missing or blank.");
        }
        return text;
    }
}
