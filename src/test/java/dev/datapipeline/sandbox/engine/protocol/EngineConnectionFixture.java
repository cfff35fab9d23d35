package dev.datapipeline.sandbox.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.EngineStub;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A connection to an engine that the test plays. */
@Timeout(30)
abstract class EngineConnectionFixture {
    static final String DONE_TWO = "{\"records\":2,\"succeeded\":2,\"failed\":0,\"skipped\":0,\"crashes\":0}";

    final Batches.Kept output = new Batches.Kept();
    EngineStub engine;
    EngineConnection connection;

    @BeforeEach
    void connect() throws IOException {
        engine = new EngineStub();
        connection = engine.connection();
    }

    @AfterEach
    void disconnect() throws IOException {
        engine.close();
    }

    void load() throws Exception {
        engine.says('L', "");
        connection.load(Batches.pipeline("x"));
        engine.hears('P');
    }

    CompletableFuture<BatchSummary> run(BatchInput input) {
        CompletableFuture<BatchSummary> batch = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                batch.complete(connection.run(new BatchExchange(input, output)));
            } catch (Exception failure) {
                batch.completeExceptionally(failure);
            }
        });
        return batch;
    }

    static SandboxFailure failureOf(CompletableFuture<?> batch) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> batch.get(10, TimeUnit.SECONDS));
        return assertInstanceOf(SandboxFailureException.class, failed.getCause())
                .failure();
    }

    static void assertFailure(SandboxFailure expected, Executable call) {
        assertEquals(expected, assertThrows(SandboxFailureException.class, call).failure());
    }
}
