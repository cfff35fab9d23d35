package dev.datapipeline.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.DatasetRecords;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.engine.BatchSummary;
import dev.datapipeline.engine.PipelineRefusedException;
import dev.datapipeline.engine.SandboxFailureException;
import dev.datapipeline.engine.ScriptError;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.Segments;
import dev.datapipeline.run.BatchClaim;
import dev.datapipeline.run.BatchOutcome.Finished;
import dev.datapipeline.run.RunPlan;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.Blobs;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Streams the records of a batch through a sandbox of its run and makes the results durable. Touches no table. */
@Singleton
class BatchWork {
    private final RunSandboxes sandboxes;
    private final Blobs blobs;
    private final ObjectReader errors;

    BatchWork(RunSandboxes sandboxes, Blobs blobs, ObjectMapper mapper) {
        this.sandboxes = sandboxes;
        this.blobs = blobs;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    Finished run(RunPlan plan, BatchAttempt attempt, LogContext context)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        BatchClaim claim = attempt.claim();
        try (Sandbox sandbox = sandboxes.borrow(plan);
                DatasetRecords dataset = DatasetRecords.open(blobs, plan.dataset());
                BlobAppender segment = blobs.append(Segments.name(plan.run(), sandbox.id()))) {
            context.sandbox(sandbox.id());
            attempt.runsIn(sandbox);
            RecordLines lines = dataset.lines(claim.firstRecord(), claim.records());
            return claim.earlier() == null
                    ? runAll(sandbox, claim, lines, segment)
                    : runFailed(sandbox, claim, claim.earlier(), lines, segment);
        }
    }

    private Finished runAll(Sandbox sandbox, BatchClaim claim, RecordLines lines, BlobAppender segment)
            throws SandboxFailureException, IOException, InterruptedException {
        BatchResults results =
                new BatchResults(sandbox.id(), segment, position -> claim.firstRecord() + position, errors);
        return results.finish(sandbox.run(new BatchLines(claim, lines), results));
    }

    private Finished runFailed(
            Sandbox sandbox, BatchClaim claim, ResultLocation location, RecordLines lines, BlobAppender segment)
            throws SandboxFailureException, IOException, InterruptedException {
        try (EarlierResults earlier = EarlierResults.open(blobs, claim, location, errors);
                BlobReader written = blobs.open(Segments.name(claim.id().run(), sandbox.id()))) {
            BatchResults results = new BatchResults(sandbox.id(), segment, earlier::index, errors);
            BatchSummary summary = sandbox.run(new ChosenLines(lines, earlier.chosen()), results);
            return results.finish(summary, earlier, written);
        }
    }
}
