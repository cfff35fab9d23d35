package dev.datapipeline.result;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Why records were skipped, as far as they have it in common.
 *
 * @param stage position in the pipeline of the stage that skipped them
 * @param text what the script said, with the varying parts masked
 */
public record SkipReason(int stage, String text) {
    /** Characters of a reason that are looked at. */
    private static final int LONGEST_TEXT = 1_000;

    /**
     * Reads the reason of a skipped result.
     *
     * @param texts reader of {@code String}
     */
    public static SkipReason of(ResultReader skipped, ObjectReader texts) throws IOException {
        ByteArrayOutputStream detail = new ByteArrayOutputStream();
        skipped.writeDetail(detail);
        String text = texts.readValue(detail.toByteArray());
        int values = skipped.values();
        int stage = values == 0 ? 0 : skipped.ordinal(values - 1) + 1;
        return new SkipReason(stage, FailureCauseId.mask(text.substring(0, Math.min(text.length(), LONGEST_TEXT))));
    }

    /** A short stable name of the reason: 16 hexadecimal digits. */
    public String id() {
        return ShortId.of(String.valueOf(stage), text);
    }
}
