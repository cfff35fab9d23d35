package dev.datapipeline.dataset.ingest.workbook;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;

/** What is told about workbooks that are refused. */
final class WorkbookProblem {
    private WorkbookProblem() {}

    /** @param part of the archive, by its name */
    static ProblemException invalidPart(String part, String reason) {
        return invalid("its part \"%s\" %s".formatted(part, reason));
    }

    static ProblemException invalid(String reason) {
        return new ProblemException(
                ProblemType.INVALID_WORKBOOK,
                "The workbook cannot be read: " + reason + ". Save it again as .xlsx, or the sheet as CSV in UTF-8.");
    }
}
