package dev.datapipeline.dataset.upload;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.Separator;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format that a Content-Type claims. The content may show another one, and decides. */
final class UploadType {
    private static final Set<String> TABLES = Set.of(
            "text/csv",
            "text/x-csv",
            "application/csv",
            "application/x-csv",
            "text/comma-separated-values",
            "text/x-comma-separated-values");
    private static final Set<String> TABBED_TABLES =
            Set.of("text/tab-separated-values", "text/tsv", "text/x-tsv", "application/tsv");
    private static final Set<String> WORKBOOKS = Set.of(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.ms-excel.sheet.macroenabled.12");
    private static final Set<String> PARQUET =
            Set.of("application/vnd.apache.parquet", "application/parquet", "application/x-parquet");
    private static final Set<String> LINES = Set.of("ndjson", "jsonl", "jsonlines", "json-lines", "ldjson", "json-seq");
    /** Types that clients send by default, or for files that one program on their machine opens. */
    private static final Set<String> SAYING_NOTHING = Set.of(
            "text/plain",
            "application/octet-stream",
            "binary/octet-stream",
            "application/vnd.ms-excel",
            "application/gzip",
            "application/x-gzip",
            "application/gzip-compressed",
            "application/zip",
            "application/zip-compressed",
            "application/x-zip-compressed");

    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");
    private static final Map<String, String> ADVICE = Map.of(
            "application/x-www-form-urlencoded",
            "This is what curl says when it is not told: add -H 'Content-Type: application/json', or the type of the file.",
            "multipart/form-data",
            "A form with a dataset and a pipeline goes to /api/v1/runs; here the body is the file itself.");

    private UploadType() {}

    /**
     * Empty when the type says nothing about the format, or is missing.
     *
     * @throws ProblemException UNSUPPORTED_TYPE for a type that is no dataset, and for another charset than UTF-8
     */
    static Optional<FormatClaim> claim(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return Optional.empty();
        }
        MediaType type = parse(contentType);
        String name = (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
        rejectOtherCharset(type);
        if (SAYING_NOTHING.contains(name)) {
            return Optional.empty();
        }
        String source = "The Content-Type " + name;
        if (TABLES.contains(name)) {
            return Optional.of(new FormatClaim(DatasetFormat.CSV, null, source));
        }
        if (TABBED_TABLES.contains(name)) {
            return Optional.of(new FormatClaim(DatasetFormat.CSV, Separator.parse("tab"), source));
        }
        if (WORKBOOKS.contains(name)) {
            return Optional.of(new FormatClaim(DatasetFormat.EXCEL, null, source));
        }
        if (PARQUET.contains(name)) {
            return Optional.of(new FormatClaim(DatasetFormat.PARQUET, null, source));
        }
        return Optional.of(new FormatClaim(jsonFormat(name), null, source));
    }

    private static DatasetFormat jsonFormat(String name) {
        String subtype = name.substring(name.indexOf('/') + 1);
        String plain = subtype.startsWith("x-") ? subtype.substring(2) : subtype;
        boolean isText = name.startsWith("application/") || name.startsWith("text/");
        if (isText && (LINES.contains(plain) || plain.endsWith("+json-seq"))) {
            return DatasetFormat.NDJSON;
        }
        if ((isText && plain.equals("json")) || plain.endsWith("+json")) {
            return DatasetFormat.JSON;
        }
        throw unsupported(name);
    }

    private static void rejectOtherCharset(MediaType type) {
        String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
        if (!CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_TYPE,
                    "A dataset is UTF-8, and the Content-Type names another charset. Convert the file to UTF-8, or leave the charset out if it is UTF-8 already.");
        }
    }

    private static MediaType parse(String contentType) {
        try {
            return MediaType.valueOf(contentType);
        } catch (IllegalArgumentException malformed) {
            throw unsupported("");
        }
    }

    private static ProblemException unsupported(String name) {
        String advice = ADVICE.getOrDefault(
                name,
                "Send application/json, application/x-ndjson, text/csv, or the type of an Excel workbook, Parquet file or zip archive.");
        return new ProblemException(
                ProblemType.UNSUPPORTED_TYPE,
                "A dataset is JSON, NDJSON, CSV, Excel or Parquet, and the Content-Type is another one. " + advice);
    }
}
