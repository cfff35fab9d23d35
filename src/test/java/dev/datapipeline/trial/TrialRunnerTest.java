package dev.datapipeline.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Script;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.testing.FakeSandbox;
import dev.datapipeline.testing.FakeSandboxes;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered to a trial that takes too long, and to one too many. */
class TrialRunnerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pipeline PIPELINE = new Pipeline(
            "p", null, List.of(new Step("clean", null, new Script("main.py", "def transform(record): ..."), null)));
    private static final TrialOrder ORDER =
            new TrialOrder(PIPELINE, List.of(new RawRecord("{}"), new RawRecord("{}")), null, null, null);

    private final Vertx vertx = Vertx.vertx();
    private final MemoryBudget budget = new MemoryBudget(1_000_000, Duration.ZERO);
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final byte[] firstResult =
            new ResultBytes().succeeded("{\"done\":\"yes\"}").bytes();
    /** One permit for each batch that hangs after its first result. */
    private final Semaphore hanging = new Semaphore(0);

    private final FakeSandboxes sandboxes = new FakeSandboxes(id -> new FakeSandbox(id, this::hang));

    @AfterEach
    void close() {
        sandboxes.leases.forEach(SandboxLease::abort);
        callers.shutdown();
        vertx.close();
    }

    @Test
    void slowTrialReturnsWhatItHas() throws Exception {
        TrialRunner trials = trials(Duration.ofMillis(100), 1);

        JsonNode answer = MAPPER.readTree(run(trials));

        assertEquals(1, answer.get("records").size());
        assertEquals("yes", answer.at("/records/0/stages/0/value/done").asText());
        assertEquals("TRIAL_TIMEOUT", answer.at("/error/type").asText());
        assertEquals(1, sandboxes.released.size());
    }

    @Test
    void moreTrialsThanThereArePlacesAreRefusedForTheMoment() throws Exception {
        TrialRunner trials = trials(Duration.ofMinutes(1), 1);
        Future<byte[]> first = hangingTrial(trials);

        ProblemException refused = assertThrows(ProblemException.class, () -> run(trials));

        assertEquals(ProblemType.SANDBOX_UNAVAILABLE, refused.type());
        sandboxes.leases.getFirst().abort();
        ExecutionException failed = assertThrows(ExecutionException.class, first::get);
        assertInstanceOf(ProblemException.class, failed.getCause());
        hangingTrial(trials);
    }

    @Test
    void trialsWaitForThoseBeforeThemAndLeaveTheOtherSandboxesToRuns() throws Exception {
        TrialRunner trials = trials(limits(Duration.ofMinutes(1), Duration.ofMinutes(1), 10, 1_000_000), 1);
        hangingTrial(trials);
        SandboxLease first = sandboxes.leases.getFirst();

        Future<byte[]> second = callers.submit(() -> run(trials));
        assertFalse(hanging.tryAcquire(100, TimeUnit.MILLISECONDS));
        assertEquals(1, sandboxes.leases.size(), "it has no sandbox yet");
        first.abort();
        hanging.acquire();

        assertEquals(2, sandboxes.leases.size(), "its turn comes with the end of the first");
        assertFalse(second.isDone());
    }

    @Test
    void trialThatWaitedTooLongGetsRetryAfter() throws Exception {
        TrialRunner trials = trials(limits(Duration.ofMinutes(1), Duration.ofMillis(50), 10, 1_000_000), 1);
        hangingTrial(trials);

        ProblemException refused = assertThrows(ProblemException.class, () -> run(trials));

        assertEquals(ProblemType.SANDBOX_UNAVAILABLE, refused.type());
        assertEquals(Duration.ofSeconds(5), refused.retryAfter());
    }

    @Test
    void resultsBeyondTheBoundAreLeftOutAndSaidSo() throws Exception {
        TrialRunner trials = trials(Duration.ofMinutes(1), 1, 10);

        JsonNode answer = MAPPER.readTree(run(trials));

        assertEquals(0, answer.get("records").size());
        assertEquals("TRIAL_TOO_LARGE", answer.at("/error/type").asText());
        assertEquals(0, budget.taken());
    }

    @Test
    void trialWithoutMemoryGetsRetryAfter() throws Exception {
        TrialRunner trials = trials(Duration.ofMinutes(1), 1);
        try (MemoryLease held = budget.take(budget.capacity() - 2000)) {
            ProblemException refused = assertThrows(ProblemException.class, () -> run(trials));

            assertEquals(ProblemType.MEMORY_UNAVAILABLE, refused.type());
            long heldByOthers = budget.taken();
            assertTrue(held.tryGrowTo(heldByOthers));
        }
    }

    @Test
    void trialEndsWhenItsClientHasGone() {
        TrialRunner trials = trials(Duration.ofMinutes(1), 1);

        assertThrows(IOException.class, () -> trials.run(ORDER, OutputStream.nullOutputStream(), () -> true));

        assertEquals(0, budget.taken());
    }

    private BatchSummary hang(BatchExchange exchange, FakeSandbox sandbox) throws SandboxFailureException, IOException {
        exchange.output().results(ByteBuffer.wrap(firstResult));
        hanging.release();
        throw sandbox.awaitAbort();
    }

    private static byte[] run(TrialRunner trials) throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        trials.run(ORDER, answer, Client.NONE);
        return answer.toByteArray();
    }

    private Future<byte[]> hangingTrial(TrialRunner trials) throws InterruptedException {
        Future<byte[]> answer = callers.submit(() -> run(trials));
        hanging.acquire();
        return answer;
    }

    private TrialRunner trials(Duration timeout, int mostAtOnce) {
        return trials(timeout, mostAtOnce, 1_000_000);
    }

    private TrialRunner trials(Duration timeout, int mostAtOnce, long mostResultBytes) {
        return trials(limits(timeout, Duration.ofMinutes(1), mostAtOnce, mostResultBytes), mostAtOnce);
    }

    private TrialRunner trials(Limits limits, int mostSandboxes) {
        return new TrialRunner(sandboxes, MAPPER, vertx, limits, budget, mostSandboxes);
    }

    private static Limits limits(Duration timeout, Duration patience, int mostAtOnce, long mostResultBytes) {
        return new Limits(timeout, patience, new MemorySize(BigInteger.valueOf(mostResultBytes)), mostAtOnce);
    }

    /** No anonymous class: the container would take its methods for ones to validate, and no test of the service would start. */
    private record Limits(Duration timeout, Duration queueTimeout, MemorySize maxResultSize, int maxConcurrent)
            implements TrialConfig {
        @Override
        public Duration modelTimeout() {
            return timeout;
        }
    }
}
