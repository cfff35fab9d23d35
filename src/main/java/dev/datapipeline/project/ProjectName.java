package dev.datapipeline.project;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names of projects may be. They stand in addresses and headers, and never look like an id. */
public final class ProjectName {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");
    private static final int LENGTH_OF_IDS = 36;

    private ProjectName() {}

    /** @throws ProblemException when the text is missing or no such name */
    public static String checked(@Nullable String text) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty()) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, "/name", "The field \"name\" is missing or blank.");
        }
        if (!NAME.matcher(name).matches() || name.length() == LENGTH_OF_IDS) {
            throw ProblemException.invalidField(
                    ProblemType.OUT_OF_RANGE,
                    "/name",
                    "The name of a project has at most 63 characters (but not 36, like an id): letters a to z, digits and . _ -, with a"
                            + " letter or digit first and last.");
        }
        return name;
    }
}
