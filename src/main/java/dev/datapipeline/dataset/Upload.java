package dev.datapipeline.dataset;

import dev.datapipeline.ingest.DatasetFormat;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about an upload.
 *
 * @param name label of the dataset, or the name of its file
 * @param format null when only the content can tell
 * @param idempotencyKey makes a repetition of the same upload the same dataset; 1 to 200 characters
 */
record Upload(
        @Nullable String name,
        @Nullable DatasetFormat format,
        @Nullable String idempotencyKey) {
    private static final int MAX_KEY_LENGTH = 200;

    Upload {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "Idempotency-Key must have 1 to 200 characters.");
        }
    }

    /** A file of a form: its content tells the format, with the end of its name as a hint. */
    static Upload ofFile(@Nullable String fileName) {
        return new Upload(fileName, fileName == null ? null : DatasetFormat.ofFileName(fileName), null);
    }
}
