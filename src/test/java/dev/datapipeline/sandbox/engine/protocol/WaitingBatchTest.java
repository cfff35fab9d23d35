package dev.datapipeline.sandbox.engine.protocol;

import static dev.datapipeline.sandbox.engine.EngineStub.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.TestAccess;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.EngineStub;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.testing.SettableTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine is told of the way out, and how long its batches may take. */
@Timeout(30)
class WaitingBatchTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final String DONE = "{\"records\":1,\"succeeded\":1,\"failed\":0,\"skipped\":0,\"crashes\":0}";

    private static final OutboundService NOBODY = new OutboundService() {
        @Override
        public void serve(OutboundCall call) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public void attempt(long firstRecord, long records) {}

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            throw new AssertionError("nobody calls");
        }
    };

    private final SettableTicker ticker = new SettableTicker();
    private final WaitingTime waiting = new WaitingTime(ticker);
    private EngineStub engine;
    private EngineConnection connection;

    @BeforeEach
    void connect() throws IOException {
        engine = new EngineStub(ticker);
        connection = engine.connection();
    }

    @AfterEach
    void disconnect() throws IOException {
        engine.close();
    }

    /** @return the document of the PIPELINE frame */
    private JsonNode load(EnginePipeline pipeline) throws Exception {
        engine.says('L', "");
        connection.load(pipeline);
        return new ObjectMapper().readTree(engine.hears('P'));
    }

    private JsonNode loadWithWayOut() throws Exception {
        return load(Batches.pipeline("x").withOutbound(new OutboundAccess(Map.of("A", "b"), NOBODY, waiting)));
    }

    private CompletableFuture<BatchSummary> run() throws IOException {
        CompletableFuture<BatchSummary> batch = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                batch.complete(connection.run(new BatchExchange(Batches.numbered(1), new Batches.Kept())));
            } catch (Exception failure) {
                batch.completeExceptionally(failure);
            }
        });
        engine.hears('B');
        engine.hears('I');
        return batch;
    }

    @Test
    void pipelineNamesPortAndEnvironmentOfItsWayOut() throws Exception {
        JsonNode outbound = loadWithWayOut().get("outbound");

        assertEquals("{\"port\":11411,\"environment\":{\"A\":\"b\"}}", outbound.toString());
    }

    @Test
    void pipelineWithoutAWayOutSaysNothingOfOne() throws Exception {
        assertFalse(load(Batches.pipeline("x")).has("outbound"));
    }

    @Test
    void timeInWhichCallsWaitIsNotCounted() throws Exception {
        loadWithWayOut();
        CompletableFuture<BatchSummary> batch = run();

        TestAccess.waits(waiting);
        ticker.advance(LONG);
        engine.says('G', "still here");
        ticker.advance(LONG);
        engine.says('R', result(0, 1, "", "{}")).says('D', DONE.getBytes(UTF_8));

        assertEquals(1, batch.get(10, TimeUnit.SECONDS).succeeded());
    }

    @Test
    void engineThatTakesTooLongWithoutAnyCallIsGivenUp() throws Exception {
        loadWithWayOut();
        CompletableFuture<BatchSummary> batch = run();

        ticker.advance(LONG);
        engine.says('G', "still here");

        ExecutionException failed = assertThrows(ExecutionException.class, () -> batch.get(10, TimeUnit.SECONDS));
        assertEquals(
                SandboxFailure.ENGINE_DIED,
                assertInstanceOf(SandboxFailureException.class, failed.getCause())
                        .failure());
    }
}
