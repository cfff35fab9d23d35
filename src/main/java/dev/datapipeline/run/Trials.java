package dev.datapipeline.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.EnginePipeline;
import dev.datapipeline.sandbox.PipelineRefusedException;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxFailureException;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.ScriptError;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Runs a few records through a sandbox of their own and keeps nothing. */
@Singleton
class Trials {
    private static final Logger LOG = Logger.getLogger(Trials.class);
    private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Sandboxes sandboxes;
    private final ObjectMapper mapper;

    Trials(Sandboxes sandboxes, ObjectMapper mapper) {
        this.sandboxes = sandboxes;
        this.mapper = mapper;
    }

    /**
     * Runs the records through the pipeline.
     *
     * @param records JSON objects
     * @return JSON of {@link TrialResource.TrialShape}
     */
    byte[] run(Pipeline pipeline, List<RawRecord> records) throws IOException, InterruptedException {
        byte[] lines = lines(records);
        EnginePipeline engine = new EnginePipeline(pipeline.engineSteps(), RECORD_TIMEOUT, 1, true);
        UUID key = UUID.randomUUID();
        try (Sandbox sandbox = sandboxes.borrow(key, engine)) {
            MemoryBatch batch = new MemoryBatch(lines, records.size());
            sandbox.run(batch, batch);
            return answer(engine, batch, lines);
        } catch (PipelineRefusedException refused) {
            return refusal(refused.error());
        } catch (SandboxFailureException failed) {
            return failure(failed);
        } finally {
            sandboxes.release(key);
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

    private byte[] answer(EnginePipeline engine, MemoryBatch batch, byte[] lines) throws IOException {
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
        answer.write('}');
        return answer.toByteArray();
    }

    /** What scripts do to their sandbox is an answer; what keeps sandboxes from working at all is not. */
    private byte[] failure(SandboxFailureException failed) throws IOException {
        return switch (failed.failure()) {
            case PROTOCOL_VIOLATION, ENGINE_DIED ->
                refusal(new ScriptError(null, null, failed.failure().name(), failed.getMessage(), null, null, null));
            case DOCKER, NO_SPACE, IMAGE, ISOLATION, CLOSED -> {
                LOG.warnf("A trial found no sandbox: %s: %s", failed.failure(), failed.getMessage());
                throw new ProblemException(
                                ProblemType.SANDBOX_UNAVAILABLE,
                                "No sandbox could do this; the log of the service tells why. Try again soon.")
                        .retryAfter(RETRY_AFTER);
            }
        };
    }

    private byte[] refusal(ScriptError error) throws IOException {
        return mapper.writeValueAsBytes(new Refusal(List.of(), "", error));
    }

    private record Refusal(List<RawRecord> records, String log, ScriptError error) {}
}
