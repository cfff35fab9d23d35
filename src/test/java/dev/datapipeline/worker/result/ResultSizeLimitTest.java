package dev.datapipeline.worker.result;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.result.FileResultStore;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.storage.FileBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultSizeLimitTest {
    private static final UUID RUN = new UUID(0, 1);
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void allSegmentsOfTheRunCountTogether() throws IOException {
        ResultStore store = new FileResultStore(new FileBlobs(folder));
        ResultSizeLimit limit = new ResultSizeLimit(store, RUN, 20 * MEBIBYTE);
        limit.checkGrowth(0, 0);
        append(store, "one", 12);
        limit.checkGrowth(0, 12 * MEBIBYTE);
        append(store, "two", 17);

        RunTooLargeException tooLarge =
                assertThrows(RunTooLargeException.class, () -> limit.checkGrowth(0, 17L * MEBIBYTE));

        assertTrue(tooLarge.reason().contains("20,971,520 bytes"), tooLarge.reason());
    }

    @Test
    void limitBelowAStepIsEnforced() throws IOException {
        ResultStore store = new FileResultStore(new FileBlobs(folder));
        ResultSizeLimit limit = new ResultSizeLimit(store, RUN, MEBIBYTE);
        append(store, "one", 2);

        assertThrows(RunTooLargeException.class, () -> limit.checkGrowth(0, 2L * MEBIBYTE));
    }

    private static void append(ResultStore store, String segment, int mebibytes) throws IOException {
        try (ResultWriter writer = store.begin(RUN, segment)) {
            writer.write(ByteBuffer.allocate(mebibytes * MEBIBYTE));
            writer.commit(new byte[0]);
        }
    }
}
