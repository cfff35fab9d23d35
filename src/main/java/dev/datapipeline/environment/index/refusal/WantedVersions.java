package dev.datapipeline.environment.index.refusal;

import dev.datapipeline.environment.requirement.syntax.PackageName;
import dev.datapipeline.environment.version.Specifiers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wanted of a project.
 *
 * @param name normalised
 * @param text as pip or the user says it, for messages
 */
record WantedVersions(String name, Specifiers specifiers, String text) {
    private static final Pattern SYNTAX =
            Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\]]*\\])?\\s*\\(?([^;)]*)\\)?\\s*(?:;.*)?");

    /** pip says behind a requirement which package has it. */
    private static final Pattern ORIGIN = Pattern.compile("\\s*\\(from .*$");

    /** Reads a requirement as pip prints it or as it was declared. */
    static Optional<WantedVersions> of(String requirement) {
        String wanted = ORIGIN.matcher(requirement).replaceFirst("").strip();
        Matcher parts = SYNTAX.matcher(wanted);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Specifiers.tryOf(parts.group(2))
                .map(specifiers -> new WantedVersions(PackageName.normalised(parts.group(1)), specifiers, wanted));
    }
}
