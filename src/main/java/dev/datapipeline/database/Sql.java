package dev.datapipeline.database;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement with named parameters ({@code :run}). Statements are constants, so that the driver prepares each of them once. */
public final class Sql {
    /** A quoted text, a cast, or a parameter. */
    private static final Pattern PARAMETER = Pattern.compile("'[^']*'|::|:([a-z][A-Za-z]*)");

    private final String text;
    private final List<String> names;

    private Sql(String text, List<String> names) {
        this.text = text;
        this.names = List.copyOf(names);
    }

    public static Sql of(String text) {
        List<String> names = new ArrayList<>();
        String prepared = PARAMETER.matcher(text).replaceAll(match -> {
            if (match.group(1) == null) {
                return Matcher.quoteReplacement(match.group());
            }
            names.add(match.group(1));
            return "?";
        });
        return new Sql(prepared, names);
    }

    String text() {
        return text;
    }

    List<String> names() {
        return names;
    }

    @Override
    public String toString() {
        return text;
    }
}
