package dev.datapipeline.upstream;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and addresses of hosts; {@code *.example.com} and {@code .example.com} stand for all below it. */
final class HostPatterns {
    private static final Pattern SYNTAX = Pattern.compile("(?:\\*?\\.)?[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]|\\*");

    private final List<String> patterns;

    private HostPatterns(List<String> patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException naming the setting */
    static HostPatterns of(List<String> texts, String setting) {
        return new HostPatterns(
                texts.stream().map(text -> pattern(text.strip(), setting)).toList());
    }

    boolean match(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return patterns.stream()
                .anyMatch(pattern -> pattern.equals("*")
                        || (pattern.startsWith(".") ? name.endsWith(pattern) : name.equals(pattern)));
    }

    private static String pattern(String text, String setting) {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    setting + " must be names of hosts, such as localhost or *.example.com, separated by commas; \""
                            + text + "\" is none");
        }
        String name = text.toLowerCase(Locale.ROOT);
        return name.startsWith("*.") ? name.substring(1) : name;
    }
}
