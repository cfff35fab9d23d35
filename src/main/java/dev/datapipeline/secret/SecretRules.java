package dev.datapipeline.secret;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.regex.Pattern;

/** What names and values of secrets may be. */
final class SecretRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_VALUE = 8_192;

    private SecretRules() {}

    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemType.OUT_OF_RANGE,
                    "The name of a secret has at most 64 characters: letters a to z, digits, _ and -.");
        }
    }

    static void checkValue(String value) {
        boolean isWhole = value.codePoints()
                .noneMatch(character ->
                        Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE);
        if (value.isBlank() || value.length() > LONGEST_VALUE || !isWhole) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    "/value",
                    "The value of a secret has 1 to %,d characters, not only blanks, and no control characters such as a line end."
                            .formatted(LONGEST_VALUE));
        }
    }
}
