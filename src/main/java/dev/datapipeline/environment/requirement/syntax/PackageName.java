package dev.datapipeline.environment.requirement.syntax;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of packages. */
public final class PackageName {
    static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?");
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private PackageName() {}

    public static boolean isValid(String name) {
        return SYNTAX.matcher(name).matches();
    }

    /** The one spelling of a name: lower case, with single dashes (PEP 503). */
    public static String normalised(String name) {
        return SEPARATORS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
