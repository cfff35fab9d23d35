package dev.datapipeline.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileResultStoreTest {
    private static final UUID RUN = new UUID(0, 1);

    @TempDir
    Path folder;

    private ResultStore store;

    @BeforeEach
    void open() throws IOException {
        store = new FileResultStore(new FileBlobs(folder));
    }

    @Test
    void attemptsOfASandboxFollowEachOtherInOneFile() throws IOException {
        assertEquals(new ResultLocation("sandbox", 0, 5, 3), committed("first", "log"));
        assertEquals(new ResultLocation("sandbox", 8, 6, 0), committed("second", ""));
        assertEquals("firstlogsecond", content());
    }

    @Test
    void resultsThatWereNotCommittedAreDiscarded() throws IOException {
        committed("first", "");
        try (ResultWriter writer = store.begin(RUN, "sandbox")) {
            writer.write(bytes("what a failed attempt leaves"));
            assertEquals(33, writer.position());
        }

        assertEquals(new ResultLocation("sandbox", 5, 6, 0), committed("second", ""));
        assertEquals("firstsecond", content());
    }

    @Test
    void writtenResultsAreReadBeforeTheyAreCommitted() throws IOException {
        committed("first", "log");
        byte[] results =
                new ResultBytes().succeeded("{\"a\":1}").skipped("\"no\"").bytes();
        try (ResultWriter writer = store.begin(RUN, "sandbox")) {
            writer.write(ByteBuffer.wrap(results));

            ResultReader reader = writer.written();

            assertTrue(reader.next());
            assertEquals(RecordStatus.SUCCEEDED, reader.status());
            assertTrue(reader.next());
            assertEquals(RecordStatus.SKIPPED, reader.status());
            assertFalse(reader.next());
        }
        assertEquals("firstlog", content());
    }

    @Test
    void segmentsOfARunAreListedMeasuredAndDeleted() throws IOException {
        assertEquals(List.of(), store.segments(RUN));
        committed("first", "log");

        assertEquals(List.of("sandbox"), store.segments(RUN));
        assertEquals(8, store.size(RUN));

        store.delete(RUN, "sandbox");
        assertEquals(List.of(), store.segments(RUN));
        committed("again", "");
        store.delete(RUN);
        assertThrows(NoSuchFileException.class, this::content);
    }

    @Test
    void logIsWrittenToItsEndWhenTheFileTakesAPartAtATime() throws IOException {
        StringBuilder written = new StringBuilder();
        try (ResultWriter writer = new FileResultWriter("sandbox", new SlowAppender(written))) {
            assertEquals(
                    new ResultLocation("sandbox", 0, 0, 20), writer.commit("seven bytes and more".getBytes(UTF_8)));
        }
        assertEquals("seven bytes and more", written.toString());
    }

    private ResultLocation committed(String results, String log) throws IOException {
        try (ResultWriter writer = store.begin(RUN, "sandbox")) {
            writer.write(bytes(results));
            return writer.commit(log.getBytes(UTF_8));
        }
    }

    private String content() throws IOException {
        try (BlobReader reader = store.open(RUN, "sandbox")) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.size());
            reader.read(all, 0);
            return new String(all.array(), UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** Takes seven bytes at a time. */
    private record SlowAppender(StringBuilder written) implements BlobAppender {
        @Override
        public int write(ByteBuffer source) {
            int part = Math.min(7, source.remaining());
            for (int i = 0; i < part; i++) {
                written.append((char) source.get());
            }
            return part;
        }

        @Override
        public int read(ByteBuffer target, long offset) {
            throw new UnsupportedOperationException("only written to");
        }

        @Override
        public long size() {
            return written.length();
        }

        @Override
        public void truncate(long size) {
            written.setLength((int) size);
        }

        @Override
        public void force() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
