package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.DatasetRecords;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.service.RunConfig;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.worker.dispatch.BatchDispatcher;
import dev.datapipeline.worker.result.BatchResults;
import dev.datapipeline.worker.result.ResultSizeLimit;
import dev.datapipeline.worker.retry.BatchLines;
import dev.datapipeline.worker.retry.BatchRecordInput;
import dev.datapipeline.worker.retry.PreviousResults;
import dev.datapipeline.worker.retry.RetryInput;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;

/** Streams the records of a batch through a sandbox of its run and makes the results durable. Touches no table. */
@Singleton
class BatchRunner {
    private final RunSandboxes sandboxes;
    private final BatchDispatcher dispatcher;
    private final Blobs blobs;
    private final ResultStore store;
    private final ObjectReader errors;
    private final long maxResultBytes;

    BatchRunner(
            RunSandboxes sandboxes,
            BatchDispatcher dispatcher,
            Blobs blobs,
            ResultStore store,
            ObjectMapper mapper,
            RunConfig config) {
        this.maxResultBytes = config.maxResultSize().asLongValue();
        this.sandboxes = sandboxes;
        this.dispatcher = dispatcher;
        this.blobs = blobs;
        this.store = store;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    Finished run(RunSpec spec, BatchAttempt attempt, LogContext context)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        BatchClaim claim = attempt.claim();
        try (SandboxLease sandbox = sandboxes.lease(spec);
                DatasetRecords dataset = DatasetRecords.open(blobs, spec.dataset());
                ResultWriter results = store.begin(spec.run().id(), sandbox.id())) {
            context.sandbox(sandbox.id());
            attempt.useSandbox(sandbox);
            dispatcher.started(claim.id());
            BatchLines lines = () -> dataset.lines(claim.firstRecord(), claim.records());
            ResultLocation previous = claim.previous();
            return previous == null
                    ? runAll(sandbox, claim, lines, results)
                    : runFailed(sandbox, claim, previous, lines, results);
        }
    }

    private Finished runAll(SandboxLease sandbox, BatchClaim claim, BatchLines lines, ResultWriter target)
            throws SandboxFailureException, IOException, InterruptedException {
        BatchResults results =
                new BatchResults(target, limit(claim), position -> claim.firstRecord() + position, errors);
        BatchRecordInput input = new BatchRecordInput(claim, lines, lines.open());
        return results.commit(sandbox.run(new BatchExchange(input, results)));
    }

    /** The new results are stored apart until they are merged, so that no bytes are kept among the results that nobody reads. */
    private Finished runFailed(
            SandboxLease sandbox, BatchClaim claim, ResultLocation previous, BatchLines lines, ResultWriter merged)
            throws SandboxFailureException, IOException, InterruptedException {
        UUID run = claim.id().run();
        String apart = sandbox.id() + "-again";
        try (PreviousResults earlier = PreviousResults.open(store, claim, previous, errors);
                ResultWriter fresh = store.begin(run, apart)) {
            BatchResults results = new BatchResults(fresh, limit(claim), earlier::index, errors);
            RetryInput input = new RetryInput(claim.firstRecord(), lines, earlier.chosen());
            BatchSummary summary = sandbox.run(new BatchExchange(input, results));
            return results.commit(summary, earlier, fresh.written(), merged);
        } finally {
            store.delete(run, apart);
        }
    }

    private ResultSizeLimit limit(BatchClaim claim) {
        return new ResultSizeLimit(store, claim.id().run(), maxResultBytes);
    }
}
