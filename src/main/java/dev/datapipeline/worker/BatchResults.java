package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.engine.BatchOutput;
import dev.datapipeline.engine.BatchSummary;
import dev.datapipeline.result.FailureCause;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.BatchOutcome.Finished;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Appends the results of one attempt to a segment, the log behind them. Nothing refers to the bytes before the attempt has won. */
final class BatchResults implements BatchOutput {
    private final String segment;
    private final BlobAppender target;
    private final long offset;
    private final FailureCauses causes;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** @param index of a record in the dataset by its position in what the sandbox was given */
    BatchResults(String segment, BlobAppender target, IntToLongFunction index, ObjectReader errors) {
        this.segment = segment;
        this.target = target;
        this.offset = target.size();
        this.causes = new FailureCauses(errors, index);
    }

    @Override
    public void results(ByteBuffer bytes) throws IOException {
        write(bytes);
    }

    @Override
    public void failed(int position, ByteBuffer error) throws IOException {
        causes.add(position, error);
    }

    /** Bounded by the protocol: the engine keeps head and tail only. */
    @Override
    public void log(ByteBuffer text) {
        byte[] bytes = new byte[text.remaining()];
        text.get(bytes);
        log.writeBytes(bytes);
    }

    /** Returns when results and log are durable. */
    Finished finish(BatchSummary summary) throws IOException {
        return finish(summary, offset, log.toByteArray(), causes.list());
    }

    /**
     * The same for records that ran again: writes all results of the batch once more, as one range, behind the new ones.
     *
     * @param written reads what was appended
     */
    Finished finish(BatchSummary summary, EarlierResults earlier, BlobReader written) throws IOException {
        long merged = target.size();
        ResultCursor fresh = new ResultCursor(written, offset, merged - offset);
        List<FailureCause> all = earlier.merge(fresh, Channels.newOutputStream(target));
        return finish(summary, merged, earlier.log(log.toByteArray()), all);
    }

    private Finished finish(BatchSummary summary, long from, byte[] text, List<FailureCause> failures)
            throws IOException {
        long resultsLength = target.size() - from;
        write(ByteBuffer.wrap(text));
        target.force();
        return new Finished(summary, new ResultLocation(segment, from, resultsLength, text.length), failures);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }
}
