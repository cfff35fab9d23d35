package dev.datapipeline.dataset.upload;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the Content-Encoding of an upload. */
public final class UploadCoding {
    private UploadCoding() {}

    /** @throws ProblemException UNSUPPORTED_TYPE for everything but gzip and nothing */
    public static boolean isGzip(@Nullable String contentEncoding) {
        String encoding =
                contentEncoding == null ? "identity" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity", "" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw new ProblemException(
                        ProblemType.UNSUPPORTED_TYPE, "A dataset is sent as it is or with \"Content-Encoding: gzip\".");
        };
    }
}
