package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.run.BatchClaim;
import dev.datapipeline.run.BatchOutcome.Finished;
import dev.datapipeline.run.ResultLocation;
import dev.datapipeline.sandbox.BatchOutput;
import dev.datapipeline.sandbox.BatchSummary;
import dev.datapipeline.storage.BlobAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Appends the results of one attempt to a segment, the log behind them. Nothing refers to the bytes before the attempt has won. */
final class BatchResults implements BatchOutput {
    private final String segment;
    private final BlobAppender target;
    private final long offset;
    private final FailureCauses causes;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    BatchResults(String segment, BlobAppender target, BatchClaim claim, ObjectReader errors) {
        this.segment = segment;
        this.target = target;
        this.offset = target.size();
        this.causes = new FailureCauses(errors, claim.firstRecord());
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
        long resultsLength = target.size() - offset;
        write(ByteBuffer.wrap(log.toByteArray()));
        target.force();
        return new Finished(summary, new ResultLocation(segment, offset, resultsLength, log.size()), causes.list());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }
}
