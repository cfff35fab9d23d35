package dev.datapipeline.environment.install;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a member of a wheel has a name that can only mean one file within a folder. */
final class MemberName {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_SEGMENT = 255;
    private static final Set<String> SPECIAL = Set.of("", ".", "..");

    private MemberName() {}

    /** Why the name is refused, in words that follow the name of the wheel. */
    static Optional<String> problem(String name) {
        String shown = InstallRefusedException.shown(name);
        if (name.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
            return Optional.of("has a member with a control character in its name, " + shown);
        }
        if (name.indexOf('\\') >= 0) {
            return Optional.of("has a member with a backslash in its name, " + shown);
        }
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
            return Optional.of("has a member with an absolute name, " + shown);
        }
        String[] segments = withoutSlash(name).split("/", -1);
        for (String segment : segments) {
            if (SPECIAL.contains(segment)) {
                return Optional.of("has a member that leads elsewhere, " + shown);
            }
            if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT || name.length() > MAX_LENGTH) {
                return Optional.of("has a member with a name that is too long, " + shown);
            }
        }
        return Optional.empty();
    }

    /** The module that Python would see in a file or folder at the top of an environment, in lower case. */
    static String module(String path) {
        String first = path.substring(0, end(path, '/'));
        return first.substring(0, end(first, '.')).toLowerCase(Locale.ROOT);
    }

    private static int end(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text.length() : at;
    }

    private static String withoutSlash(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }
}
