package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.requirement.syntax.PackageName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns of names of packages, in which {@code *} stands for any characters. */
final class NamePatterns {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._*-]{1,200}");

    private final List<Pattern> patterns;

    private NamePatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalArgumentException naming the setting */
    public static NamePatterns of(List<String> texts, String setting) {
        return new NamePatterns(
                texts.stream().map(text -> pattern(text.strip(), setting)).toList());
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** @param name normalised */
    public boolean match(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static Pattern pattern(String text, String setting) {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(setting
                    + " must be names of packages, such as acme-*, separated by commas; \"" + text + "\" is none");
        }
        String normalised = PackageName.normalised(text.toLowerCase(Locale.ROOT));
        return Pattern.compile(List.of(normalised.split("\\*", -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    }
}
