package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.worker.retry.FailureCauses;
import dev.datapipeline.worker.retry.PreviousResults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Appends the results of one attempt to a segment, followed by the log. Nothing refers to these bytes before the end of the attempt is recorded. */
public final class BatchResults implements BatchOutput {
    private final String segment;
    private final BlobAppender target;
    private final ResultSizeLimit limit;
    private final long offset;
    private final FailureCauses causes;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** @param index of a record in the dataset by its position in what the sandbox was given */
    public BatchResults(
            String segment, BlobAppender target, ResultSizeLimit limit, IntToLongFunction index, ObjectReader errors) {
        this.segment = segment;
        this.target = target;
        this.limit = limit;
        this.offset = target.size();
        this.causes = new FailureCauses(errors, index);
    }

    @Override
    public void results(ByteBuffer bytes) throws IOException {
        write(bytes, target);
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

    /** Returns when results and log are durable. */
    public Finished finish(BatchSummary summary) throws IOException {
        return finish(summary, target, offset, log.toByteArray(), causes.list());
    }

    /**
     * Ends a retry of some records, whose results were written to a temporary blob: writes the results of all records of the batch to its
     * segment, as one range.
     *
     * @param fresh reads what was written here
     */
    public Finished finish(BatchSummary summary, PreviousResults earlier, BlobReader fresh, BlobAppender merged)
            throws IOException {
        long from = merged.size();
        ResultReader results = new ResultReader(fresh, offset, target.size() - offset);
        List<FailureCause> all = earlier.merge(results, Channels.newOutputStream(merged));
        limit.checkGrowth(from, merged.size());
        return finish(summary, merged, from, earlier.log(log.toByteArray()), all);
    }

    private Finished finish(
            BatchSummary summary, BlobAppender last, long from, byte[] text, List<FailureCause> failures)
            throws IOException {
        long resultsLength = last.size() - from;
        write(ByteBuffer.wrap(text), last);
        last.force();
        return new Finished(summary, new ResultLocation(segment, from, resultsLength, text.length), failures);
    }

    private void write(ByteBuffer bytes, BlobAppender to) throws IOException {
        long before = to.size();
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
        limit.checkGrowth(before, to.size());
    }
}
