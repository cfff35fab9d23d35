package dev.datapipeline.dataset.ingest.format;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A claim about the format of an upload. The content may show another one.
 *
 * @param separator of a table; null when the claim does not name one
 * @param source who says so, as the subject of a sentence: "The name data.csv"
 */
public record FormatClaim(DatasetFormat format, @Nullable Separator separator, String source) {
    private static final Pattern PACKED = Pattern.compile("\\.(gz|zip)$");

    /** The claim that a file name makes by its extension, without ".gz" and ".zip". Empty for names such as data.txt. */
    public static Optional<FormatClaim> ofFileName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        String unpacked = PACKED.matcher(name).replaceFirst("");
        String source = "The name " + VisibleText.of(fileName);
        return switch (unpacked.substring(Math.max(unpacked.lastIndexOf('.'), 0))) {
            case ".csv" -> Optional.of(new FormatClaim(DatasetFormat.CSV, null, source));
            case ".tsv", ".tab" -> Optional.of(new FormatClaim(DatasetFormat.CSV, Separator.TAB, source));
            case ".json", ".geojson" -> Optional.of(new FormatClaim(DatasetFormat.JSON, null, source));
            case ".ndjson", ".jsonl", ".jsonlines", ".ldjson" ->
                Optional.of(new FormatClaim(DatasetFormat.NDJSON, null, source));
            case ".xlsx", ".xlsm" -> Optional.of(new FormatClaim(DatasetFormat.EXCEL, null, source));
            case ".parquet", ".parq", ".pqt" -> Optional.of(new FormatClaim(DatasetFormat.PARQUET, null, source));
            default -> Optional.empty();
        };
    }
}
