package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.DatasetRecords;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultBlobs;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunConfig;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.worker.dispatch.BatchDispatcher;
import dev.datapipeline.worker.retry.BatchRecordInput;
import dev.datapipeline.worker.retry.PreviousResults;
import dev.datapipeline.worker.retry.RetryInput;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Streams the records of a batch through a sandbox of its run and makes the results durable. Touches no table. */
@Singleton
class BatchRunner {
    private final RunSandboxes sandboxes;
    private final BatchDispatcher dispatcher;
    private final Blobs blobs;
    private final ObjectReader errors;
    private final long maxResultBytes;

    BatchRunner(
            RunSandboxes sandboxes, BatchDispatcher dispatcher, Blobs blobs, ObjectMapper mapper, RunConfig config) {
        this.maxResultBytes = config.maxResultSize().asLongValue();
        this.sandboxes = sandboxes;
        this.dispatcher = dispatcher;
        this.blobs = blobs;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    Finished run(RunSpec spec, BatchAttempt attempt, LogContext context)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        BatchClaim claim = attempt.claim();
        try (SandboxLease sandbox = sandboxes.lease(spec);
                DatasetRecords dataset = DatasetRecords.open(blobs, spec.dataset());
                BlobAppender segment = blobs.append(ResultBlobs.name(spec.run().id(), sandbox.id()))) {
            context.sandbox(sandbox.id());
            attempt.useSandbox(sandbox);
            dispatcher.started(claim.id());
            RecordLines lines = dataset.lines(claim.firstRecord(), claim.records());
            return run(sandbox, claim, lines, segment);
        }
    }

    /** Truncates the segment after a failed attempt: nothing refers to its results, and nobody else writes to the segment. */
    private Finished run(SandboxLease sandbox, BatchClaim claim, RecordLines lines, BlobAppender segment)
            throws SandboxFailureException, IOException, InterruptedException {
        long before = segment.size();
        boolean isWhole = false;
        try {
            Finished finished = claim.previous() == null
                    ? runAll(sandbox, claim, lines, segment)
                    : runFailed(sandbox, claim, claim.previous(), lines, segment);
            isWhole = true;
            return finished;
        } finally {
            if (!isWhole) {
                segment.truncate(before);
            }
        }
    }

    private Finished runAll(SandboxLease sandbox, BatchClaim claim, RecordLines lines, BlobAppender segment)
            throws SandboxFailureException, IOException, InterruptedException {
        BatchResults results = new BatchResults(
                sandbox.id(), segment, limit(claim), position -> claim.firstRecord() + position, errors);
        return results.finish(sandbox.run(new BatchExchange(new BatchRecordInput(claim, lines), results)));
    }

    /** The new results go to a temporary blob until they are merged, so that the segment contains no bytes that nobody reads. */
    private Finished runFailed(
            SandboxLease sandbox, BatchClaim claim, ResultLocation location, RecordLines lines, BlobAppender segment)
            throws SandboxFailureException, IOException, InterruptedException {
        BlobName apart = ResultBlobs.name(claim.id().run(), sandbox.id() + "-again");
        try (PreviousResults earlier = PreviousResults.open(blobs, claim, location, errors);
                BlobAppender fresh = blobs.append(apart);
                BlobReader written = blobs.open(apart)) {
            BatchResults results = new BatchResults(sandbox.id(), fresh, limit(claim), earlier::index, errors);
            BatchSummary summary = sandbox.run(new BatchExchange(new RetryInput(lines, earlier.chosen()), results));
            return results.finish(summary, earlier, written, segment);
        } finally {
            blobs.delete(apart);
        }
    }

    private ResultSizeLimit limit(BatchClaim claim) {
        return new ResultSizeLimit(blobs, claim.id().run(), maxResultBytes);
    }
}
