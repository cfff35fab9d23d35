package dev.datapipeline.sandbox.engine.protocol;

import static dev.datapipeline.sandbox.engine.EngineStub.frame;
import static dev.datapipeline.sandbox.engine.EngineStub.join;
import static dev.datapipeline.sandbox.engine.EngineStub.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A batch that goes to the engine, and how it can end. */
class BatchConnectionTest extends EngineConnectionFixture {
    @Test
    void batchIsSentAndItsResultsAreReceived() throws Exception {
        load();
        byte[] results = join(result(0, 1, "", "{\"a\":1}"), result(1, 1, "", "{}"));
        CompletableFuture<BatchSummary> batch = run(Batches.input(5, "{\"x\":1}", "{\"x\":2}"));

        assertArrayEquals(ByteBuffer.allocate(12).putLong(0).putInt(2).array(), engine.hears('B'));
        assertEquals("{\"x\":1}\n{\"x\":2}\n", new String(engine.hears('I'), UTF_8));
        engine.says('R', results).says('G', "hällo").says('D', DONE_TWO);
        assertEquals(new BatchSummary(2, 2, 0, 0), batch.get(10, TimeUnit.SECONDS));
        assertArrayEquals(results, output.results());
        assertEquals("hällo", output.log());
        assertTrue(connection.isReady());
    }

    @Test
    void everyRequestForInputGetsOne() throws Exception {
        load();
        CompletableFuture<BatchSummary> batch = run(Batches.input(1, "{\"x\":1}", "{\"x\":2}"));
        engine.hears('B');
        engine.hears('I');
        engine.says('W', "");

        assertEquals("{\"x\":2}\n", new String(engine.hears('I'), UTF_8));

        engine.says('R', join(result(0, 1, "", "{}"), result(1, 1, "", "{}"))).says('D', DONE_TWO);
        assertEquals(2, batch.get(10, TimeUnit.SECONDS).succeeded());
    }

    @Test
    void resultsAreTheSameHoweverTheyAreCut() throws Exception {
        load();
        byte[] results =
                join(result(0, 2, Batches.ERROR), result(1, 3, "\"why\"", "{\"a\":\"" + "ü".repeat(300_000) + "\"}"));
        byte[] frames = join(
                frame('R', results),
                frame('D', "{\"records\":2,\"succeeded\":0,\"failed\":1,\"skipped\":1,\"crashes\":0}"));
        CompletableFuture<BatchSummary> batch = run(Batches.input(5, "{}", "{}"));
        for (int at = 0; at < frames.length; at += 7_919) {
            engine.sends(Arrays.copyOfRange(frames, at, Math.min(frames.length, at + 7_919)));
        }

        assertEquals(new BatchSummary(2, 0, 1, 1), batch.get(10, TimeUnit.SECONDS));
        assertArrayEquals(results, output.results());
        assertEquals(List.of("0:" + Batches.ERROR), output.failures());
    }

    @Test
    void engineThatEndsABatchBeforeItsInputIsNotUsedAgain() throws Exception {
        load();
        engine.says('R', join(result(0, 2, Batches.ERROR), result(1, 2, Batches.ERROR)))
                .says('D', "{\"records\":2,\"succeeded\":0,\"failed\":2,\"skipped\":0,\"crashes\":2}");

        assertEquals(
                2,
                connection
                        .run(new BatchExchange(Batches.input(1, "{}", "{}"), output))
                        .failed());
        assertFalse(connection.isReady());
    }

    @Test
    void inputAskedForTwiceFailsTheBatch() throws Exception {
        load();
        engine.says('W', "").says('W', "");

        assertFailure(
                SandboxFailure.PROTOCOL_VIOLATION,
                () -> connection.run(new BatchExchange(Batches.input(1, "{}", "{}", "{}"), output)));
    }

    @Test
    void endOfTheEngineEndsTheBatch() throws Exception {
        load();
        CompletableFuture<BatchSummary> batch = run(Batches.numbered(2));
        engine.hears('B');
        engine.hangsUp();

        assertEquals(SandboxFailure.ENGINE_DIED, failureOf(batch));
    }

    @Test
    void closingFromAnotherThreadEndsTheBatchAtOnce() throws Exception {
        load();
        CompletableFuture<BatchSummary> batch = run(Batches.numbered(2));
        engine.hears('B');
        engine.hears('I');

        connection.close();

        assertEquals(SandboxFailure.CLOSED, failureOf(batch));
        assertTrue(engine.isCutOff());
    }

    @Test
    void closingEndsAWriteThatNobodyReads() throws Exception {
        load();
        CompletableFuture<BatchSummary> batch = run(Batches.input(1, "{\"x\":\"" + "x".repeat(1 << 20) + "\"}"));
        engine.hears('B');

        connection.close();

        assertEquals(SandboxFailure.CLOSED, failureOf(batch));
    }

    @Test
    void resultsArriveWhileALargeInputIsSent() throws Exception {
        load();
        String large = "{\"x\":\"" + "x".repeat(4 << 20) + "\"}";
        CompletableFuture<BatchSummary> batch = run(Batches.input(1, large));
        byte[] results = result(0, 1, "", "{\"y\":\"" + "y".repeat((1 << 20) - 10) + "\"}");
        engine.says('R', results);

        engine.hears('B');
        assertEquals(large.length() + 1, engine.hears('I').length);
        engine.says('D', "{\"records\":1,\"succeeded\":1,\"failed\":0,\"skipped\":0,\"crashes\":0}");
        assertEquals(1, batch.get(10, TimeUnit.SECONDS).succeeded());
    }

    @Test
    void connectionIsUnusableAfterAFailedOutput() throws Exception {
        load();
        engine.says('G', "text");

        assertThrows(
                IOException.class,
                () -> connection.run(new BatchExchange(Batches.numbered(2), new BatchOutput() {
                    @Override
                    public void results(ByteBuffer bytes) {}

                    @Override
                    public void failed(int position, ByteBuffer error) {}

                    @Override
                    public void log(ByteBuffer text) throws IOException {
                        throw new IOException("disk full");
                    }
                })));
        assertFalse(connection.isReady());
    }
}
