package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.result.ResultBlobs;
import dev.datapipeline.storage.BlobAppender;
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
        FileBlobs blobs = new FileBlobs(folder);
        ResultSizeLimit limit = new ResultSizeLimit(blobs, RUN, 20 * MEBIBYTE);
        limit.checkGrowth(0, 0);
        append(blobs, "one", 12);
        limit.checkGrowth(0, 12 * MEBIBYTE);
        append(blobs, "two", 17);

        RunTooLargeException tooLarge =
                assertThrows(RunTooLargeException.class, () -> limit.checkGrowth(0, 17L * MEBIBYTE));

        assertTrue(tooLarge.reason().contains("20,971,520 bytes"), tooLarge.reason());
    }

    @Test
    void limitBelowAStepIsEnforced() throws IOException {
        FileBlobs blobs = new FileBlobs(folder);
        ResultSizeLimit limit = new ResultSizeLimit(blobs, RUN, MEBIBYTE);
        append(blobs, "one", 2);

        assertThrows(RunTooLargeException.class, () -> limit.checkGrowth(0, 2L * MEBIBYTE));
    }

    private static void append(FileBlobs blobs, String segment, int mebibytes) throws IOException {
        try (BlobAppender appender = blobs.append(ResultBlobs.name(RUN, segment))) {
            appender.write(ByteBuffer.allocate(mebibytes * MEBIBYTE));
        }
    }
}
