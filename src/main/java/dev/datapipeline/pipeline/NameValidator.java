package dev.datapipeline.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

public final class NameValidator {
    static final int MAX_NAME = 200;
    static final int MAX_DESCRIPTION = 10_000;

    private NameValidator() {}

    public static boolean isValid(String name) {
        Violations violations = new Violations();
        check(name, "", violations);
        return violations.isEmpty();
    }

    static void check(@Nullable String name, String pointer, Violations violations) {
        if (name == null) {
            violations.add(pointer, "is required");
            return;
        }
        int length = name.codePointCount(0, name.length());
        if (name.isBlank() || length > MAX_NAME) {
            violations.add(pointer, "must have 1 to " + MAX_NAME + " characters, and not only blanks");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            violations.add(pointer, "must not contain control characters");
        }
        checkUnicode(name, pointer, violations);
    }

    static void checkDescription(@Nullable String description, String pointer, Violations violations) {
        if (description == null) {
            return;
        }
        if (description.codePointCount(0, description.length()) > MAX_DESCRIPTION) {
            violations.add(pointer, "must have at most " + MAX_DESCRIPTION + " characters");
        }
        if (description.codePoints().anyMatch(NameValidator::isControlButNotLayout)) {
            violations.add(pointer, "must not contain control characters but tabs and line ends");
        }
        checkUnicode(description, pointer, violations);
    }

    public static void checkNumberOfSteps(int number, String pointer, Violations violations) {
        if (number < 1 || number > Pipeline.MAX_STEPS) {
            violations.add(pointer, "must have 1 to " + Pipeline.MAX_STEPS + " steps");
        }
    }

    /** @param names of the steps in order; null where one has none, which is told elsewhere */
    static void checkDistinct(List<? extends @Nullable String> names, String pointer, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index);
            if (name != null && !seen.add(name)) {
                violations.add(pointer + "/" + index + "/name", "is also the name of an earlier step");
            }
        }
    }

    /** Half of a surrogate pair can be neither stored nor sent. */
    static void checkUnicode(String text, String pointer, Violations violations) {
        if (text.codePoints().anyMatch(character -> Character.getType(character) == Character.SURROGATE)) {
            violations.add(pointer, "must be valid Unicode; it contains half of a surrogate pair");
        }
    }

    private static boolean isControlButNotLayout(int character) {
        return Character.isISOControl(character) && character != '\t' && character != '\n' && character != '\r';
    }
}
