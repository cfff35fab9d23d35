package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.results.export.OutputBuffer;
import dev.datapipeline.results.export.RecordJsonWriter;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.storage.MemoryBlob;
import dev.datapipeline.trial.TrialResource.TrialCostSchema;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs a few records in a sandbox of their own and stores nothing. Trials have a share of the sandboxes, so that runs never wait for them. */
@Singleton
class TrialRunner {
    private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(10);
    /** Models that think take their time. */
    private static final Duration MODEL_RECORD_TIMEOUT = Duration.ofMinutes(1);

    private static final Duration CLIENT_POLL_INTERVAL = Duration.ofMillis(500);
    private static final int BUFFER = 64 * 1024;

    private final Sandboxes sandboxes;
    private final ObjectMapper mapper;
    private final Vertx vertx;
    private final MemoryBudget budget;
    private final Duration timeout;
    private final Duration modelTimeout;
    private final Duration queueTimeout;
    private final long maxResultBytes;
    private final Semaphore places;

    private final Semaphore sandboxesForTrials;

    /** @param maxSandboxes at one time for trials; the others are for runs and checks */
    TrialRunner(
            Sandboxes sandboxes,
            ObjectMapper mapper,
            Vertx vertx,
            TrialConfig config,
            MemoryBudget budget,
            int maxSandboxes) {
        this.sandboxes = sandboxes;
        this.mapper = mapper;
        this.vertx = vertx;
        this.budget = budget;
        this.timeout = config.timeout();
        this.modelTimeout = config.modelTimeout();
        this.queueTimeout = config.queueTimeout();
        this.maxResultBytes = config.maxResultSize().asLongValue();
        this.places = new Semaphore(config.maxConcurrent());
        this.sandboxesForTrials = new Semaphore(maxSandboxes, true);
    }

    @Inject
    TrialRunner(
            Sandboxes sandboxes,
            ObjectMapper mapper,
            Vertx vertx,
            TrialConfig config,
            MemoryBudget budget,
            SandboxConfig pool) {
        this(sandboxes, mapper, vertx, config, budget, PoolSettings.of(pool).forTrials());
    }

    void run(TrialOrder order, OutputStream target, Client client) throws IOException, InterruptedException {
        byte[] lines = order.lines();
        try (MemoryLease memory = budget.take(lines.length)) {
            Trial trial = new Trial(order, lines, memory);
            try {
                run(trial, client);
            } catch (PipelineRefusedException refused) {
                trial.error = refused.error();
            } catch (SandboxFailureException failed) {
                trial.error = TrialErrors.of(failed);
            }
            write(trial, target);
        }
    }

    private static final class Trial {
        private final @Nullable TrialEnvironment environment;
        private EnginePipeline engine;
        private SandboxBase base = SandboxBase.DEFAULT;
        private final @Nullable TrialCalls calls;
        private final @Nullable Long memory;
        private final byte[] lines;
        private final int records;
        private final MemoryResults results;
        private @Nullable MemoryBatch batch;
        private @Nullable ScriptError error;

        private Trial(TrialOrder order, byte[] lines, MemoryLease memory) {
            this.calls = order.calls();
            this.environment = order.environment();
            this.memory = order.memory();
            this.engine = new EnginePipeline(
                    order.pipeline().engineSteps(),
                    calls == null ? RECORD_TIMEOUT : MODEL_RECORD_TIMEOUT,
                    1,
                    true,
                    calls == null ? null : calls.access(),
                    null);
            this.lines = lines;
            this.records = order.records().size();
            this.results = new MemoryResults(memory, lines.length);
        }

        private Duration waited() {
            return calls == null ? Duration.ZERO : calls.access().waiting().total();
        }
    }

    private void run(Trial trial, Client client)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw TrialErrors.unavailable("Too many trials are under way. Try again soon.");
        }
        TrialEnvironment environment = trial.environment;
        try {
            if (environment == null) {
                runInTurn(trial, client);
            } else {
                environment.use(queueTimeout, client, use -> {
                    trial.engine = trial.engine.withEnvironment(use.folder());
                    trial.base = new SandboxBase(use.image(), use.folder());
                    runInTurn(trial, client);
                });
            }
        } finally {
            places.release();
        }
    }

    private void runInTurn(Trial trial, Client client)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        if (!sandboxesForTrials.tryAcquire(queueTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw TrialErrors.unavailable(
                    "Other trials took %d s and are not over. Try again soon.".formatted(queueTimeout.toSeconds()));
        }
        try {
            runInSandbox(trial, client);
        } finally {
            sandboxesForTrials.release();
        }
    }

    private void runInSandbox(Trial trial, Client client)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        SandboxOwner owner = new SandboxOwner(UUID.randomUUID(), 0);
        try (SandboxLease sandbox =
                sandboxes.lease(new SandboxRequest(owner, trial.engine, true, trial.base, trial.memory))) {
            run(trial, sandbox, client);
        } finally {
            sandboxes.release(owner);
        }
    }

    private void run(Trial trial, SandboxLease sandbox, Client client) throws IOException, SandboxFailureException {
        MemoryBatch batch = new MemoryBatch(trial.lines, trial.records, trial.results, maxResultBytes, sandbox::abort);
        trial.batch = batch;
        AtomicBoolean isTooLong = new AtomicBoolean();
        TrialTimer timer = new TrialTimer(vertx, limit(trial), trial::waited, () -> {
            isTooLong.set(true);
            sandbox.abort();
        });
        long clientPoll = vertx.setPeriodic(CLIENT_POLL_INTERVAL.toMillis(), due -> {
            if (client.isGone()) {
                sandbox.abort();
            }
        });
        try {
            sandbox.run(new BatchExchange(batch, batch));
        } catch (SandboxFailureException failed) {
            client.requirePresent();
            boolean isOurs = batch.room() != MemoryBatch.Room.ENOUGH || isTooLong.get();
            if (failed.failure() != SandboxFailure.CLOSED || !isOurs) {
                trial.batch = null;
                throw failed;
            }
            trial.error = TrialErrors.tooLong(limit(trial));
        } finally {
            timer.cancel();
            vertx.cancelTimer(clientPoll);
        }
        switch (batch.room()) {
            case ENOUGH -> {}
            case RESULTS_TOO_LARGE -> trial.error = TrialErrors.tooLarge(maxResultBytes);
            case NO_MEMORY -> throw MemoryBudget.unavailable();
        }
    }

    private Duration limit(Trial trial) {
        return trial.calls == null ? timeout : modelTimeout;
    }

    /** Writes the records that have results, and why the others have none. */
    private void write(Trial trial, OutputStream target) throws IOException {
        OutputBuffer answer = new OutputBuffer(target, BUFFER);
        answer.write("{\"records\":[".getBytes(US_ASCII));
        MemoryBatch batch = trial.batch;
        if (batch != null) {
            TrialCalls calls = trial.calls;
            RecordJsonWriter json = new RecordJsonWriter(
                    new StageLabels(trial.engine.outline()), null, calls == null ? null : calls::ofRecord, answer);
            ResultReader cursor = batch.results();
            RecordLines raw = new RecordLines(new MemoryBlob(trial.lines), 0, trial.lines.length);
            long written = 0;
            while (raw.next() && cursor.next()) {
                written += cursor.joinedLength(raw);
                if (written > maxResultBytes) {
                    trial.error = TrialErrors.tooLarge(maxResultBytes);
                    break;
                }
                json.finished(cursor.position(), raw, cursor);
            }
        }
        answer.write("],\"log\":".getBytes(US_ASCII));
        answer.write(mapper.writeValueAsBytes(batch == null ? "" : batch.log()));
        if (trial.calls != null) {
            answer.write(",\"llm\":".getBytes(US_ASCII));
            answer.write(mapper.writeValueAsBytes(cost(trial.calls.total())));
        }
        if (trial.error != null) {
            answer.write(",\"error\":".getBytes(US_ASCII));
            answer.write(mapper.writeValueAsBytes(trial.error));
        }
        answer.write('}');
        answer.flush();
    }

    private static TrialCostSchema cost(UsageSum total) {
        return new TrialCostSchema(
                total.calls(),
                total.promptTokens(),
                total.completionTokens(),
                total.cachedTokens(),
                total.spent().plus(total.unsettled()).text());
    }
}
