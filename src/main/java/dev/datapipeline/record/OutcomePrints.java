package dev.datapipeline.record;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.engine.RecordStatus;
import dev.datapipeline.engine.ScriptError;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.run.BatchRow;
import dev.datapipeline.run.RecordFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How each of some consecutive records ended, as small as possible: its standing and a digest of its last value, or of its error without the
 * traceback, so that two runs can be compared without their values in memory. Not thread-safe.
 */
final class OutcomePrints implements RecordVisitor {
    /** Writes a value so that equal ones are written alike. */
    interface Form {
        byte[] of(byte[] json) throws IOException;
    }

    private final RecordFilter[] standings;
    private final long[] prints;
    private final ObjectReader errors;
    private final Form form;
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private int count;

    /**
     * @param most how many records there may be
     * @param errors reads {@link ScriptError}
     */
    OutcomePrints(int most, ObjectReader errors, Form form) {
        this.standings = new RecordFilter[most];
        this.prints = new long[2 * most];
        this.errors = errors;
        this.form = form;
    }

    int count() {
        return count;
    }

    RecordFilter standing(int at) {
        return standings[at];
    }

    boolean isAlike(OutcomePrints other, int at) {
        return standings[at] == other.standings[at]
                && prints[2 * at] == other.prints[2 * at]
                && prints[2 * at + 1] == other.prints[2 * at + 1];
    }

    @Override
    public void finished(long index, RecordLines raw, ResultCursor result) throws IOException {
        value.reset();
        if (result.status() == RecordStatus.FAILED) {
            result.writeDetail(value);
            ScriptError error = errors.readValue(value.toByteArray());
            add(RecordFilter.FAILED, text(error.type(), error.message()));
            return;
        }
        if (result.values() > 0) {
            result.writeValue(result.values() - 1, value);
        } else {
            raw.writeRecord(value);
        }
        add(RecordFilter.valueOf(result.status().name()), form.of(value.toByteArray()));
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) {
        add(
                batch.standingWithoutResult(),
                batch.error() == null
                        ? new byte[0]
                        : text(batch.error().code(), batch.error().message()));
    }

    private void add(RecordFilter standing, byte[] outcome) {
        ByteBuffer print = ByteBuffer.wrap(digest.digest(outcome));
        standings[count] = standing;
        prints[2 * count] = print.getLong();
        prints[2 * count + 1] = print.getLong();
        count++;
    }

    private static byte[] text(String type, String message) {
        return (type + "\n" + message).getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
