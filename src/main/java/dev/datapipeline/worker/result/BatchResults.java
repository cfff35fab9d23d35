package dev.datapipeline.worker.result;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.worker.retry.FailureCauses;
import dev.datapipeline.worker.retry.PreviousResults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Takes what one attempt sends: results, causes of failures, and the log. Nothing is stored before {@link #commit}. */
public final class BatchResults implements BatchOutput {
    private final ResultWriter target;
    private final ResultSizeLimit limit;
    private final FailureCauses causes;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    public BatchResults(ResultWriter target, ResultSizeLimit limit, IntToLongFunction index, ObjectReader errors) {
        this.target = target;
        this.limit = limit;
        this.causes = new FailureCauses(errors, index);
    }

    @Override
    public void results(ByteBuffer bytes) throws IOException {
        long before = target.position();
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
        limit.checkGrowth(before, target.position());
    }

    @Override
    public void failed(int position, ByteBuffer error) throws IOException {
        causes.add(position, error);
    }

    /** The engine bounds the log: it keeps the beginning and the end. */
    @Override
    public void log(ByteBuffer text) {
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        log.writeBytes(bytes);
    }

    public Finished commit(BatchSummary summary) throws IOException {
        return commit(summary, target, log.toByteArray(), causes.list(), null);
    }

    /**
     * Ends a retry of some records: merges their results, which were written here, with those of the other records of the batch.
     *
     * @param fresh reads what was written here
     * @param merged takes the results of the whole batch
     */
    public Finished commit(BatchSummary summary, PreviousResults earlier, ResultReader fresh, ResultWriter merged)
            throws IOException {
        long before = merged.position();
        List<FailureCause> all = earlier.merge(fresh, Channels.newOutputStream(merged));
        limit.checkGrowth(before, merged.position());
        return commit(summary, merged, earlier.log(log.toByteArray()), all, earlier.ranAgain());
    }

    private Finished commit(
            BatchSummary summary,
            ResultWriter last,
            byte[] text,
            List<FailureCause> failures,
            @Nullable List<Integer> ranAgain)
            throws IOException {
        limit.checkGrowth(last.position(), last.position() + text.length);
        return new Finished(summary, last.commit(text), failures, ranAgain);
    }
}
