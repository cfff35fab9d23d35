package dev.datapipeline.dataset;

import dev.datapipeline.ingest.DatasetFormat;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the headers of an upload say about its content. */
record UploadType(DatasetFormat format, boolean isPacked) {
    private static final Map<String, DatasetFormat> FORMATS = Map.of(
            "application/json", DatasetFormat.JSON,
            "application/x-ndjson", DatasetFormat.NDJSON,
            "application/ndjson", DatasetFormat.NDJSON,
            "application/jsonl", DatasetFormat.NDJSON,
            "application/x-jsonlines", DatasetFormat.NDJSON,
            "text/csv", DatasetFormat.CSV);
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    /** @throws ProblemException UNSUPPORTED_TYPE for everything but the three formats, in UTF-8, as they are or in gzip */
    static UploadType of(@Nullable String contentType, @Nullable String contentEncoding) {
        return new UploadType(format(contentType), isGzip(contentEncoding));
    }

    private static DatasetFormat format(@Nullable String contentType) {
        MediaType type = parse(contentType);
        DatasetFormat format = FORMATS.get((type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT));
        if (format == null) {
            throw unsupported();
        }
        String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        if (!CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_TYPE, "A dataset is UTF-8. Convert it and send it again.");
        }
        return format;
    }

    private static MediaType parse(@Nullable String contentType) {
        if (contentType == null) {
            throw unsupported();
        }
        try {
            return MediaType.valueOf(contentType);
        } catch (IllegalArgumentException malformed) {
            throw unsupported();
        }
    }

    private static boolean isGzip(@Nullable String contentEncoding) {
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

    private static ProblemException unsupported() {
        return new ProblemException(
                ProblemType.UNSUPPORTED_TYPE,
                "Name the format of the dataset: \"Content-Type: application/json\", application/x-ndjson or text/csv.");
    }
}
