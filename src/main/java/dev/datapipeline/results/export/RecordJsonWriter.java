package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.attempt.AttemptNumbers;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.RecordStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Writes records as the API shows them: index, status, raw, stages with durations, error or reason, cost of model calls. */
public final class RecordJsonWriter implements RecordVisitor {
    private static final byte[] RAW = ascii(",\"raw\":");
    private static final byte[] STAGES = ascii(",\"stages\":[");
    private static final byte[] MILLISECONDS = ascii(",\"ms\":");
    private static final byte[] ERROR = ascii(",\"error\":");
    private static final byte[] SKIPPED = ascii(",\"skipped\":");

    private static final byte[] ATTEMPT = ascii(",\"attempt\":");
    private static final byte[] MODEL_CALLS = ascii(",\"llm\":");

    private final StageLabels labels;
    private final @Nullable AttemptNumbers attempts;
    private final @Nullable LongFunction<RecordCost> costs;
    private final OutputStream target;
    private boolean isFirst = true;

    /**
     * @param attempts that made the results; null where there is only one
     * @param costs of model calls by the index of the record; null for a run that makes none
     */
    public RecordJsonWriter(
            StageLabels labels,
            @Nullable AttemptNumbers attempts,
            @Nullable LongFunction<RecordCost> costs,
            OutputStream target) {
        this.labels = labels;
        this.attempts = attempts;
        this.costs = costs;
        this.target = target;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        RecordStatus status = result.status();
        open(index, status.name(), raw);
        target.write(STAGES);
        for (int i = 0; i < result.values(); i++) {
            if (i > 0) {
                target.write(',');
            }
            target.write(labels.opening(result.ordinal(i)));
            result.writeValue(i, raw, target);
            target.write(MILLISECONDS);
            target.write(ascii(milliseconds(result.microseconds(i))));
            target.write('}');
        }
        target.write(']');
        if (status != RecordStatus.SUCCEEDED) {
            target.write(status == RecordStatus.FAILED ? ERROR : SKIPPED);
            result.writeDetail(target);
        }
        if (attempts != null) {
            writeAttempt(attempts.of(index));
        }
        writeCost(index);
        target.write('}');
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
        open(index, batch.status().isFinal() ? batch.status().name() : "PENDING", raw);
        target.write(STAGES);
        target.write(']');
        if (batch.error() != null) {
            target.write(ERROR);
            target.write(error(batch.error()));
            if (attempts != null) {
                writeAttempt(attempts.ofBroken(index));
            }
        }
        writeCost(index);
        target.write('}');
    }

    private void writeAttempt(int attempt) throws IOException {
        if (attempt != AttemptNumbers.UNKNOWN) {
            target.write(ATTEMPT);
            target.write(ascii(Integer.toString(attempt)));
        }
    }

    private void writeCost(long index) throws IOException {
        if (costs == null) {
            return;
        }
        RecordCost cost = costs.apply(index);
        if (cost.calls() > 0) {
            target.write(MODEL_CALLS);
            target.write(ascii(
                    "{\"calls\":" + cost.calls() + ",\"cost\":\"" + cost.cost().text() + "\"}"));
        }
    }

    /** The error document of a record whose whole batch broke. */
    static byte[] error(BatchOutcome.Broken broken) {
        return ("{\"step\":null,\"stage\":null,\"type\":" + StageLabels.quoted(broken.code()) + ",\"message\":"
                        + StageLabels.quoted(broken.message()) + ",\"traceback\":null,\"script\":null,\"line\":null}")
                .getBytes(UTF_8);
    }

    private void open(long index, String status, RecordLines raw) throws IOException {
        if (!isFirst) {
            target.write(',');
        }
        isFirst = false;
        target.write(ascii("{\"index\":" + index + ",\"status\":\"" + status + "\""));
        target.write(RAW);
        raw.writeRecord(target);
    }

    /**
     * Microseconds as a decimal number of milliseconds: 1234 is 1.234, 1500 is 1.5. Without trailing zeros, which a client that keeps every
     * digit would have to remove from all numbers one by one.
     */
    static String milliseconds(long microseconds) {
        return BigDecimal.valueOf(microseconds, 3).stripTrailingZeros().toPlainString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
