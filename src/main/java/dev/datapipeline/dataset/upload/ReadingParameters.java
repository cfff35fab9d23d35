package dev.datapipeline.dataset.upload;

import dev.datapipeline.dataset.ingest.format.FilePart;
import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.JsonPointer;
import dev.datapipeline.dataset.ingest.format.Separator;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants an upload to be read, as it was written. Empty texts count as missing.
 *
 * @param separator of the columns of a table, in place of what the content shows
 * @param records the JSON Pointer of the list of records in a document
 * @param member of an archive
 * @param sheet of a workbook
 */
public record ReadingParameters(
        @Nullable String separator,
        @Nullable String records,
        @Nullable String member,
        @Nullable String sheet) {
    public static final ReadingParameters NONE = new ReadingParameters(null, null, null, null);

    /** @throws ProblemException INVALID_PARAMETER for texts that are no separator or pointer */
    UploadHints hints(List<FormatClaim> claims) {
        return new UploadHints(
                claims,
                separator == null || separator.isEmpty() ? null : Separator.parse(separator),
                records == null || records.isEmpty() ? null : JsonPointer.parse(records),
                new FilePart(given(member), given(sheet)));
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
