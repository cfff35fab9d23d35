package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.trial.MemoryBatch.Room;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBatchTest {
    private final MemoryBudget budget = new MemoryBudget(1_000_000, Duration.ZERO);
    private final MemoryBatch batch = batch(Long.MAX_VALUE, budget.take(0));
    private int timesFull;

    @Test
    void smallBatchIsGivenAtOnce() {
        assertEquals(List.of("{}\n{\"a\":1}\n"), inputs("{}\n{\"a\":1}\n", 2));
    }

    @Test
    void largeRecordsAreGivenOneByOne() {
        String small = "{\"a\":1}\n";
        String large = "{\"a\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}\n";

        assertEquals(List.of(small, large, large, small + small), inputs(small + large + large + small + small, 5));
    }

    @Test
    void resultsAndLogAreCollected() throws IOException {
        byte[] results = new ResultBytes()
                .succeeded("{\"text\":\"" + "x".repeat(200_000) + "\"}")
                .failed("KeyError", "y".repeat(100_000))
                .bytes();

        batch.results(ByteBuffer.wrap(results, 0, 100));
        batch.log(bytes("#0 é"));
        batch.results(ByteBuffer.wrap(results, 100, results.length - 100));

        assertEquals("#0 é", batch.log());
        assertEquals(Room.ENOUGH, batch.room());
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        for (ResultReader cursor = batch.results(); cursor.next(); ) {
            cursor.writeRecord(cursor.position(), again);
        }
        assertArrayEquals(results, again.toByteArray());
        assertEquals(1, batch.records());
        assertEquals(0, batch.firstRecord());
    }

    @Test
    void recordThatIsCutOffIsLeftOut() throws IOException {
        byte[] results =
                new ResultBytes().succeeded("{\"a\":1}").succeeded("{\"a\":2}").bytes();

        batch.results(ByteBuffer.wrap(results, 0, results.length - 1));

        ResultReader cursor = batch.results();
        assertTrue(cursor.next());
        assertFalse(cursor.next());
    }

    @Test
    void nothingIsKeptBeyondTheBound() {
        MemoryBatch small = batch(100, budget.take(0));

        small.results(bytes("x".repeat(60)));
        small.results(bytes("x".repeat(60)));
        small.results(bytes("x".repeat(10)));

        assertEquals(Room.RESULTS_TOO_LARGE, small.room());
        assertEquals(1, timesFull);
        assertTrue(budget.taken() <= 64 * 1024, budget.taken() + " bytes taken");
    }

    @Test
    void nothingIsKeptThatTheBudgetDoesNotHave() {
        MemoryBatch large = batch(Long.MAX_VALUE, budget.take(0));

        for (int i = 0; i < 20; i++) {
            large.results(bytes("x".repeat(100_000)));
        }

        assertEquals(Room.NO_MEMORY, large.room());
        assertEquals(1, timesFull);
    }

    private MemoryBatch batch(long mostResultBytes, MemoryLease memory) {
        return new MemoryBatch(
                "{}\n".getBytes(UTF_8), 1, new MemoryResults(memory, 0), mostResultBytes, () -> timesFull++);
    }

    private static List<String> inputs(String lines, int records) {
        MemoryLease none = new MemoryBudget(1, Duration.ZERO).take(0);
        MemoryBatch batch = new MemoryBatch(lines.getBytes(UTF_8), records, new MemoryResults(none, 0), 0, () -> {});
        List<String> inputs = new ArrayList<>();
        for (int given = 0; given < records; ) {
            String input = UTF_8.decode(batch.next()).toString();
            given += (int) input.lines().count();
            inputs.add(input);
        }
        return inputs;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
