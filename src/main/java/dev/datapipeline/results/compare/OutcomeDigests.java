package dev.datapipeline.results.compare;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The outcomes of consecutive records in little memory: status, and a digest of the last value or the error. Not thread-safe. */
final class OutcomeDigests implements RecordVisitor {
    private final RecordFilter[] standings;
    private final long[] digests;
    private final ObjectReader errors;
    private final Digest digest;
    private final ValueDigest texts = new ValueDigest();
    private int count;

    OutcomeDigests(int most, ObjectReader errors, Digest digest) {
        this.standings = new RecordFilter[most];
        this.digests = new long[2 * most];
        this.errors = errors;
        this.digest = digest;
    }

    int count() {
        return count;
    }

    RecordFilter standing(int at) {
        return standings[at];
    }

    boolean isAlike(OutcomeDigests other, int at) {
        return standings[at] == other.standings[at]
                && digests[2 * at] == other.digests[2 * at]
                && digests[2 * at + 1] == other.digests[2 * at + 1];
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        if (result.status() == RecordStatus.FAILED) {
            ByteArrayOutputStream detail = new ByteArrayOutputStream();
            result.writeDetail(detail);
            ScriptError error = errors.readValue(detail.toByteArray());
            addText(RecordFilter.FAILED, text(error.type(), error.message()));
            return;
        }
        RecordFilter standing = RecordFilter.valueOf(result.status().name());
        int last = result.values() - 1;
        if (last >= 0) {
            add(standing, digest.of(result.valueLength(last, raw), target -> result.writeValue(last, raw, target)));
        } else {
            add(standing, digest.of(raw.length(), raw::writeRecord));
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        addText(
                batch.standingWithoutResult(),
                batch.error() == null
                        ? new byte[0]
                        : text(batch.error().code(), batch.error().message()));
    }

    private void addText(RecordFilter standing, byte[] text) throws IOException {
        add(standing, texts.of(text.length, target -> target.write(text)));
    }

    private void add(RecordFilter standing, byte[] outcome) {
        ByteBuffer halves = ByteBuffer.wrap(outcome);
        standings[count] = standing;
        digests[2 * count] = halves.getLong();
        digests[2 * count + 1] = halves.getLong();
        count++;
    }

    private static byte[] text(String type, String message) {
        return (type + "\n" + message).getBytes(StandardCharsets.UTF_8);
    }
}
