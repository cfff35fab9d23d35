package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.engine.EnginePipeline;
import dev.datapipeline.engine.PipelineRefusedException;
import dev.datapipeline.engine.SandboxFailure;
import dev.datapipeline.engine.SandboxFailureException;
import dev.datapipeline.engine.ScriptError;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.record.RecordJson;
import dev.datapipeline.record.StageLabels;
import dev.datapipeline.result.ResultCursor;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.storage.MemoryBlob;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs a few records through a sandbox of their own and keeps nothing. Neither one trial nor many keep runs from their sandboxes for long. */
@Singleton
class Trials {
    private static final Logger LOG = Logger.getLogger(Trials.class);
    private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Sandboxes sandboxes;
    private final ObjectMapper mapper;
    private final Vertx vertx;
    private final Duration timeout;
    private final Duration patience;
    /** For trials under way and those that wait for a sandbox: each is a thread of the API. */
    private final Semaphore places;

    private final Semaphore sandboxesForTrials;

    /** @param mostSandboxes at one time for trials; the others are for runs and checks */
    Trials(Sandboxes sandboxes, ObjectMapper mapper, Vertx vertx, TrialConfig config, int mostSandboxes) {
        this.sandboxes = sandboxes;
        this.mapper = mapper;
        this.vertx = vertx;
        this.timeout = config.timeout();
        this.patience = config.patience();
        this.places = new Semaphore(config.mostAtOnce());
        this.sandboxesForTrials = new Semaphore(mostSandboxes, true);
    }

    @Inject
    Trials(Sandboxes sandboxes, ObjectMapper mapper, Vertx vertx, TrialConfig config, SandboxConfig pool) {
        this(sandboxes, mapper, vertx, config, PoolSettings.of(pool).forTrials());
    }

    /**
     * Runs the records through the pipeline.
     *
     * @param records JSON objects
     * @return JSON of {@link TrialResource.TrialShape}
     */
    byte[] run(Pipeline pipeline, List<RawRecord> records) throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw unavailable("Too many trials are under way. Try again soon.");
        }
        try {
            if (!sandboxesForTrials.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable(
                        "Other trials took %d s and are not over. Try again soon.".formatted(patience.toSeconds()));
            }
            try {
                return runInSandbox(pipeline, records);
            } finally {
                sandboxesForTrials.release();
            }
        } finally {
            places.release();
        }
    }

    private byte[] runInSandbox(Pipeline pipeline, List<RawRecord> records) throws IOException, InterruptedException {
        UUID key = UUID.randomUUID();
        EnginePipeline engine = new EnginePipeline(pipeline.engineSteps(), RECORD_TIMEOUT, 1, true);
        try (Sandbox sandbox = sandboxes.borrow(key, engine)) {
            return run(sandbox, engine, records);
        } catch (PipelineRefusedException refused) {
            return refusal(refused.error());
        } catch (SandboxFailureException failed) {
            return failure(failed);
        } finally {
            sandboxes.release(key);
        }
    }

    private byte[] run(Sandbox sandbox, EnginePipeline engine, List<RawRecord> records)
            throws IOException, SandboxFailureException {
        byte[] lines = lines(records);
        MemoryBatch batch = new MemoryBatch(lines, records.size());
        AtomicBoolean isTooLong = new AtomicBoolean();
        long timer = vertx.setTimer(timeout.toMillis(), due -> {
            isTooLong.set(true);
            sandbox.cutShort();
        });
        try {
            sandbox.run(batch, batch);
            return answer(engine, batch, lines, null);
        } catch (SandboxFailureException failed) {
            if (failed.failure() == SandboxFailure.CLOSED && isTooLong.get()) {
                return answer(engine, batch, lines, tooLong());
            }
            throw failed;
        } finally {
            vertx.cancelTimer(timer);
        }
    }

    private static byte[] lines(List<RawRecord> records) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (RawRecord record : records) {
            lines.writeBytes(record.bytes());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** What has results, and why the rest has none. */
    private byte[] answer(EnginePipeline engine, MemoryBatch batch, byte[] lines, @Nullable ScriptError error)
            throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes("{\"records\":[".getBytes(US_ASCII));
        RecordJson json = new RecordJson(new StageLabels(engine.steps()), answer);
        byte[] results = batch.results();
        ResultCursor cursor = new ResultCursor(new MemoryBlob(results), 0, results.length);
        RecordLines raw = new RecordLines(new MemoryBlob(lines), 0, lines.length);
        while (raw.next() && cursor.next()) {
            json.finished(cursor.position(), raw, cursor);
        }
        answer.writeBytes("],\"log\":".getBytes(US_ASCII));
        answer.writeBytes(mapper.writeValueAsBytes(batch.log()));
        if (error != null) {
            answer.writeBytes(",\"error\":".getBytes(US_ASCII));
            answer.writeBytes(mapper.writeValueAsBytes(error));
        }
        answer.write('}');
        return answer.toByteArray();
    }

    /** What scripts do to their sandbox is an answer; what keeps sandboxes from working at all is not. */
    private byte[] failure(SandboxFailureException failed) throws IOException {
        return switch (failed.failure()) {
            case PROTOCOL_VIOLATION, ENGINE_DIED ->
                refusal(error(failed.failure().name(), failed.getMessage()));
            case DOCKER, NO_SPACE, IMAGE, ISOLATION, CLOSED -> {
                LOG.warnf("A trial found no sandbox: %s: %s", failed.failure(), failed.getMessage());
                throw unavailable("No sandbox could do this; the log of the service tells why. Try again soon.");
            }
        };
    }

    private ScriptError tooLong() {
        return error("TRIAL_TIMEOUT", "Stopped after %d s. Try fewer records.".formatted(timeout.toSeconds()));
    }

    private static ScriptError error(String type, String message) {
        return new ScriptError(null, null, type, message, null, null, null);
    }

    private static ProblemException unavailable(String message) {
        return new ProblemException(ProblemType.SANDBOX_UNAVAILABLE, message).retryAfter(RETRY_AFTER);
    }

    private byte[] refusal(ScriptError error) throws IOException {
        return mapper.writeValueAsBytes(new Refusal(List.of(), "", error));
    }

    private record Refusal(List<RawRecord> records, String log, ScriptError error) {}
}
