package dev.datapipeline.dataset.upload;

import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param name label of the dataset, or the name of its file
 * @param hints about the content
 * @param idempotencyKey makes a repetition of the same upload the same dataset; 1 to 200 characters
 */
public record Upload(
        @Nullable String name, UploadHints hints, @Nullable String idempotencyKey) {
    private static final int MAX_KEY_LENGTH = 200;

    public Upload {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY_LENGTH)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "Idempotency-Key must have 1 to 200 characters.");
        }
    }

    /**
     * An upload without an idempotency key.
     *
     * @param contentType weighs more than the name
     * @throws ProblemException for a type that is no dataset, and for texts that are no separator or pointer
     */
    public static Upload of(@Nullable String name, @Nullable String contentType, ReadingParameters reading) {
        Optional<FormatClaim> ofType = UploadType.claim(contentType);
        Optional<FormatClaim> ofName = name == null ? Optional.empty() : FormatClaim.ofFileName(name);
        List<FormatClaim> claims =
                Stream.of(ofType, ofName).flatMap(Optional::stream).toList();
        return new Upload(name, reading.hints(claims), null);
    }

    public Upload withKey(@Nullable String key) {
        return new Upload(name, hints, key);
    }
}
