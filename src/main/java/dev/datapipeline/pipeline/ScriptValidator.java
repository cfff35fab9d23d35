package dev.datapipeline.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

public final class ScriptValidator {
    static final int MAX_SOURCE_BYTES = 256 * 1024;

    /** See https://peps.python.org/pep-0263/. */
    private static final Pattern CODING_LINE = Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");

    private static final Pattern COMMENT_OR_BLANK = Pattern.compile("^[ \\t\\f]*(?:#.*)?$");
    private static final Set<String> NAMES_OF_UTF_8 =
            Set.of("utf-8", "utf8", "u8", "utf", "utf8-ucs2", "utf8-ucs4", "utf-8-sig");

    private ScriptValidator() {}

    public static void check(@Nullable String source, String pointer, Violations violations) {
        if (source == null) {
            violations.add(pointer, "is required");
            return;
        }
        if (source.isBlank()) {
            violations.add(pointer, "must not be empty");
        }
        if (source.length() > MAX_SOURCE_BYTES || source.getBytes(StandardCharsets.UTF_8).length > MAX_SOURCE_BYTES) {
            violations.add(pointer, "must have at most 256 KB");
        }
        if (source.indexOf('\0') >= 0) {
            violations.add(pointer, "must not contain NUL");
        }
        NameValidator.checkUnicode(source, pointer, violations);
        String coding = coding(source);
        if (coding != null
                && !NAMES_OF_UTF_8.contains(coding.toLowerCase(Locale.ROOT).replace('_', '-'))) {
            violations.add(pointer, "declares the coding " + coding + "; scripts are UTF-8");
        }
    }

    /** Python looks for the declaration in the first two lines, in the second only when the first has no code. */
    private static @Nullable String coding(String source) {
        List<String> lines = source.lines().limit(2).toList();
        for (String line : lines) {
            Matcher declaration = CODING_LINE.matcher(line);
            if (declaration.find()) {
                return declaration.group(1);
            }
            if (!COMMENT_OR_BLANK.matcher(line).matches()) {
                return null;
            }
        }
        return null;
    }
}
