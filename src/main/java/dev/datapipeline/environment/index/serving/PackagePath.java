package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.requirement.syntax.PackageName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What pip asks for. */
sealed interface PackagePath {
    String FILES = "/files/";

    /** Where pip finds the Simple API: {@code --index-url http://127.0.0.1:<port>/simple/}. */
    String PAGES = "/simple/";

    /** The page of a project. */
    record OfProject(String name) implements PackagePath {}

    /**
     * A wheel, or its metadata alone.
     *
     * @param key of the file
     */
    record OfFile(String key, String filename, boolean isMetadata) implements PackagePath {}

    /** @return empty where there is nothing under this path */
    static Optional<PackagePath> of(String target) {
        Matcher project = Syntax.PROJECT.matcher(target);
        if (project.matches() && PackageName.isValid(project.group(1))) {
            return Optional.of(new OfProject(PackageName.normalised(project.group(1))));
        }
        Matcher file = Syntax.FILE.matcher(target);
        if (file.matches()) {
            return Optional.of(new OfFile(
                    file.group(1), file.group(2).replace("%2B", "+").replace("%21", "!"), file.group(3) != null));
        }
        return Optional.empty();
    }

    /** The shapes of the paths. */
    final class Syntax {
        private static final Pattern PROJECT = Pattern.compile(PAGES + "([A-Za-z0-9._-]+)/?");
        private static final Pattern FILE =
                Pattern.compile(FILES + "([0-9a-f]{64})/([A-Za-z0-9._+!%-]+\\.whl)(\\.metadata)?");

        private Syntax() {}
    }
}
