package dev.datapipeline.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileResultStoreTest {
    private static final UUID RUN = new UUID(0, 1);

    @TempDir
    Path folder;

    private FileBlobs blobs;
    private ResultStore store;

    @BeforeEach
    void open() throws IOException {
        blobs = new FileBlobs(folder);
        store = new FileResultStore(blobs);
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
        try (BlobReader reader = blobs.open(ResultBlobs.name(RUN, "sandbox"))) {
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
