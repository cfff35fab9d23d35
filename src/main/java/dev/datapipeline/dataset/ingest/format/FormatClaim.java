package dev.datapipeline.dataset.ingest.format;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A claim about the format of an upload. The content may show another one.
 *
 * @param separator of a table; null when the claim does not name one
 * @param source who says so, as the subject of a sentence: "The name data.csv"
 */
public record FormatClaim(DatasetFormat format, @Nullable Separator separator, String source) {
    private static final int LONGEST_NAME = 60;

    /** The claim that a file name makes by its extension, without ".gz". Empty for names such as data.txt. */
    public static Optional<FormatClaim> ofFileName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        String unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        String source = "The name " + label(fileName);
        return switch (unpacked.substring(Math.max(unpacked.lastIndexOf('.'), 0))) {
            case ".csv" -> Optional.of(new FormatClaim(DatasetFormat.CSV, null, source));
            case ".tsv", ".tab" -> Optional.of(new FormatClaim(DatasetFormat.CSV, Separator.TAB, source));
            case ".json", ".geojson" -> Optional.of(new FormatClaim(DatasetFormat.JSON, null, source));
            case ".ndjson", ".jsonl", ".jsonlines", ".ldjson" ->
                Optional.of(new FormatClaim(DatasetFormat.NDJSON, null, source));
            default -> Optional.empty();
        };
    }

    private static String label(String fileName) {
        String visible = fileName.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "");
        return visible.codePointCount(0, visible.length()) <= LONGEST_NAME
                ? visible
                : "…" + visible.substring(visible.offsetByCodePoints(visible.length(), -LONGEST_NAME));
    }
}
