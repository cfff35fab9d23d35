package dev.datapipeline.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.storage.BlobAppender;
import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchResultsTest {
    private static final BlobName NAME = BlobName.of("runs", "r", "segment");
    private static final BatchSummary SUMMARY = new BatchSummary(1, 1, 0, 0);

    @TempDir
    Path folder;

    @Test
    void logFollowsTheResults() throws IOException {
        FileBlobs blobs = new FileBlobs(folder);
        try (BlobAppender segment = blobs.append(NAME)) {
            segment.write(bytes("what a lost attempt left"));
            BatchResults results = results(segment);

            results.log(bytes("#0 first\n"));
            results.results(bytes("results"));
            results.log(bytes("#0 second\n"));
            results.results(bytes(" and more"));
            Finished finished = results.finish(SUMMARY);

            assertEquals(new ResultLocation("segment", 24, 16, 19), finished.location());
            assertEquals(SUMMARY, finished.summary());
            assertEquals(List.of(), finished.causes());
        }
        assertEquals("what a lost attempt leftresults and more#0 first\n#0 second\n", content(blobs));
    }

    @Test
    void partialWritesAreCompleted() throws IOException {
        StringBuilder written = new StringBuilder();
        BatchResults results = results(new SlowAppender(written));

        results.results(bytes("seven bytes and more"));
        Finished finished = results.finish(SUMMARY);

        assertEquals("seven bytes and more", written.toString());
        assertEquals(20, finished.location().resultsLength());
    }

    private BatchResults results(BlobAppender segment) throws IOException {
        return new BatchResults(
                "segment",
                segment,
                new ResultSizeLimit(new FileBlobs(folder), new UUID(0, 1), 1000),
                position -> position,
                JsonMapper.builder().build().readerFor(ScriptError.class));
    }

    private static String content(FileBlobs blobs) throws IOException {
        try (BlobReader reader = blobs.open(NAME)) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.size());
            reader.read(all, 0);
            return new String(all.array(), UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
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
