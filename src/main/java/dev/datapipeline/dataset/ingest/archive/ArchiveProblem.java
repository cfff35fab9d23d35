package dev.datapipeline.dataset.ingest.archive;

import dev.datapipeline.dataset.ingest.format.VisibleText;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.List;

/** What is told about archives that are refused. */
final class ArchiveProblem {
    private static final int MOST_NAMES = 100;

    private ArchiveProblem() {}

    static ProblemException invalid(String reason) {
        return new ProblemException(
                ProblemType.INVALID_ARCHIVE, "The zip archive cannot be read: " + reason + ". Pack it again.");
    }

    static ProblemException invalidMember(String name, String reason) {
        return invalid("its member \"%s\" %s".formatted(VisibleText.of(name), reason));
    }

    static ProblemException bomb(String name, int ratio) {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "The member \"%s\" of the archive unpacks to more than %d times its size. Send it without the archive."
                        .formatted(VisibleText.of(name), ratio));
    }

    /** @param names to choose from; the page offers them */
    static ProblemException choose(ProblemType type, String detail, List<String> names) {
        return new ProblemException(
                type,
                detail,
                names.stream()
                        .limit(MOST_NAMES)
                        .map(name -> new FieldError("", name))
                        .toList());
    }
}
