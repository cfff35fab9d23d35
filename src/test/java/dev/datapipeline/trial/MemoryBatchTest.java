package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBatchTest {
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
    void resultsAndLogAreCollected() {
        MemoryBatch batch = new MemoryBatch("{}\n".getBytes(UTF_8), 1);

        batch.results(bytes("one"));
        batch.log(bytes("#0 é"));
        batch.results(bytes(" two"));

        assertEquals("one two", new String(batch.results(), UTF_8));
        assertEquals("#0 é", batch.log());
        assertEquals(1, batch.records());
        assertEquals(0, batch.firstRecord());
    }

    private static List<String> inputs(String lines, int records) {
        MemoryBatch batch = new MemoryBatch(lines.getBytes(UTF_8), records);
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
