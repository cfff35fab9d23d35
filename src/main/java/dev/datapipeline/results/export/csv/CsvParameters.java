package dev.datapipeline.results.export.csv;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.problem.ProblemException;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

public final class CsvParameters {
    private static final int LONGEST_NULL = 20;

    @RestQuery
    @Parameter(
            description =
                    "Of CSV and TSV: true to begin with a byte order mark, by which Excel knows UTF-8. Without it, the document is plain UTF-8.")
    @Nullable
    Boolean bom;

    @RestQuery("null")
    @Parameter(
            description =
                    "Of CSV and TSV: the text for null, such as NULL or \\N; at most 20 characters that need no quotes. It stands without quotes,"
                            + " and a text that is the same in quotes. Without it, null is nothing between the commas and the empty text is \"\".")
    @Nullable
    String nullText;

    @RestQuery
    @Parameter(
            description =
                    "Of CSV and TSV: guard to put an apostrophe before what a spreadsheet would evaluate as a formula, raw to write every text"
                            + " as it is. Without it, guard.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"guard", "raw"}))
    @Nullable
    String formulas;

    /** @throws ProblemException INVALID_PARAMETER */
    public CsvOptions options() {
        if (formulas != null && !formulas.equals("guard") && !formulas.equals("raw")) {
            throw ProblemException.invalidParameter("formulas", "must be one of guard, raw");
        }
        if (nullText != null && (nullText.length() > LONGEST_NULL || !CsvWriter.isPlain(nullText))) {
            throw ProblemException.invalidParameter(
                    "null", "must be at most %d characters that need no quotes in CSV".formatted(LONGEST_NULL));
        }
        return new CsvOptions(Boolean.TRUE.equals(bom), !"raw".equals(formulas), nullText == null ? "" : nullText);
    }

    /** @throws ProblemException INVALID_PARAMETER when any is given although the format is another one */
    public void rejectAny() {
        reject("bom", bom);
        reject("null", nullText);
        reject("formulas", formulas);
    }

    private static void reject(String name, @Nullable Object value) {
        if (value != null) {
            throw ProblemException.invalidParameter(name, "is allowed with format=csv and format=tsv only");
        }
    }
}
