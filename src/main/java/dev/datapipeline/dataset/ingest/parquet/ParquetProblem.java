package dev.datapipeline.dataset.ingest.parquet;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;

/** What is told about Parquet files that are refused. */
final class ParquetProblem {
    private ParquetProblem() {}

    static ProblemException invalid(String reason) {
        return new ProblemException(
                ProblemType.INVALID_PARQUET, "The Parquet file cannot be read: " + reason + ". Write it again.");
    }

    /** @param offset byte of the file */
    static ProblemException invalidAt(long offset, String reason) {
        return invalid(reason + " at byte " + offset);
    }
}
