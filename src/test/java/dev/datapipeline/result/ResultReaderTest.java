package dev.datapipeline.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.MemoryBlob;
import dev.datapipeline.storage.ReadableBytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResultReaderTest {
    /** The cursor reads so many bytes ahead. */
    private static final int BUFFER = 256 * 1024;

    @Test
    void recordsAreShownInOrder() throws IOException {
        ResultReader cursor = new ResultBytes()
                .succeeded("{\"a\":1}", "{}")
                .failed("KeyError", "'x'", "{\"a\":2}")
                .skipped("\"too young\"")
                .cursor();

        assertTrue(cursor.next());
        assertEquals(0, cursor.position());
        assertEquals(RecordStatus.SUCCEEDED, cursor.status());
        assertEquals(2, cursor.values());
        assertEquals(1, cursor.ordinal(1));
        assertEquals(2000, cursor.microseconds(1));
        assertEquals("{\"a\":1}", value(cursor, 0));
        assertEquals("{}", value(cursor, 1));
        assertEquals("", detail(cursor));

        assertTrue(cursor.next());
        assertEquals(1, cursor.position());
        assertEquals(RecordStatus.FAILED, cursor.status());
        assertEquals("{\"a\":2}", value(cursor, 0));
        assertTrue(detail(cursor).startsWith("{\"step\":\"clean\""));
        assertTrue(detail(cursor).endsWith("\"line\":3}"));

        assertTrue(cursor.next());
        assertEquals(RecordStatus.SKIPPED, cursor.status());
        assertEquals(0, cursor.values());
        assertEquals("\"too young\"", detail(cursor));

        assertFalse(cursor.next());
    }

    @Test
    void recordsAcrossBufferEdgesAreComplete() throws IOException {
        ResultBytes results = new ResultBytes();
        Random random = new Random(1);
        int[] lengths = random.ints(2_000, 0, 3_000).toArray();
        for (int length : lengths) {
            results.succeeded(text(length), text(length / 2));
        }

        ResultReader cursor = results.cursor();

        for (int i = 0; i < lengths.length; i++) {
            assertTrue(cursor.next());
            assertEquals(i, cursor.position());
            assertEquals(text(lengths[i]), value(cursor, 0));
            assertEquals(text(lengths[i] / 2), value(cursor, 1));
        }
        assertFalse(cursor.next());
    }

    @Test
    void recordsEndingNearABufferEdgeAreComplete() throws IOException {
        for (int missing = -12; missing <= 12; missing++) {
            int length = BUFFER - 4 - 6 - 9 - 6 + missing;
            ResultReader cursor = new ResultBytes()
                    .succeeded(text(length - 2))
                    .succeeded("{}")
                    .cursor();

            assertTrue(cursor.next());
            assertEquals(length + 6, value(cursor, 0).length() + 0L, "first record, " + missing);
            assertTrue(cursor.next());
            assertEquals("{}", value(cursor, 0));
            assertFalse(cursor.next());
        }
    }

    @Test
    void recordLargerThanTheBufferIsComplete() throws IOException {
        ResultReader cursor = new ResultBytes()
                .succeeded("{}")
                .succeeded(text(3 * BUFFER), text(2 * BUFFER))
                .failed("KeyError", "x".repeat(BUFFER))
                .succeeded("{\"last\":1}")
                .cursor();

        assertTrue(cursor.next());
        assertTrue(cursor.next());
        assertEquals(text(3 * BUFFER), value(cursor, 0));
        assertEquals(text(2 * BUFFER), value(cursor, 1));
        assertTrue(cursor.next());
        assertTrue(detail(cursor).length() > BUFFER);
        assertTrue(cursor.next());
        assertEquals("{\"last\":1}", value(cursor, 0));
        assertFalse(cursor.next());
    }

    @Test
    void numbersOfAHundredAndFiftyStagesAreUnsigned() throws IOException {
        String[] values = new String[150];
        Arrays.fill(values, "{}");

        ResultReader cursor = new ResultBytes().succeeded(values).cursor();

        assertTrue(cursor.next());
        assertEquals(150, cursor.values());
        assertEquals(149, cursor.ordinal(149));
        assertEquals("{}", value(cursor, 149));
    }

    @Test
    void onlyTheRangeIsRead() throws IOException {
        byte[] before = new ResultBytes().succeeded("{\"before\":1}").bytes();
        byte[] mine = new ResultBytes().succeeded("{\"mine\":1}").bytes();
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(before);
        segment.writeBytes(mine);
        segment.writeBytes("a log".getBytes(UTF_8));

        ResultReader cursor = new ResultReader(new MemoryBlob(segment.toByteArray()), before.length, mine.length);

        assertTrue(cursor.next());
        assertEquals("{\"mine\":1}", value(cursor, 0));
        assertFalse(cursor.next());
    }

    @Test
    void resultsThatEndWithinARecordAreAnError() throws IOException {
        byte[] whole =
                new ResultBytes().succeeded("{}").succeeded("{\"cut\":1}").bytes();
        ResultReader cursor = new ResultReader(new MemoryBlob(Arrays.copyOf(whole, whole.length - 1)), 0, whole.length);

        assertTrue(cursor.next());
        assertThrows(EOFException.class, cursor::next);
    }

    /** What is told as it is needs no record. */
    private static final ReadableBytes NO_RECORD = new ReadableBytes() {
        @Override
        public int length() {
            throw new AssertionError("nobody reads");
        }

        @Override
        public void write(long start, long length, OutputStream target) {
            throw new AssertionError("nobody reads");
        }
    };

    private static String text(int length) {
        return "{\"t\":\"" + "x".repeat(length) + "\"}";
    }

    private static String value(ResultReader cursor, int i) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        cursor.writeValue(i, NO_RECORD, target);
        return target.toString(UTF_8);
    }

    private static String detail(ResultReader cursor) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        cursor.writeDetail(target);
        return target.toString(UTF_8);
    }
}
