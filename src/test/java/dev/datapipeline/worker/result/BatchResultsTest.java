package dev.datapipeline.worker.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.result.FileResultStore;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.ScriptError;
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
    private static final UUID RUN = new UUID(0, 1);
    private static final BatchSummary SUMMARY = new BatchSummary(1, 1, 0, 0);

    @TempDir
    Path folder;

    @Test
    void logFollowsTheResults() throws IOException {
        ResultStore store = new FileResultStore(new FileBlobs(folder));
        Finished finished;
        try (ResultWriter writer = store.begin(RUN, "segment")) {
            BatchResults results = new BatchResults(
                    writer,
                    new ResultSizeLimit(store, RUN, 1000),
                    position -> position,
                    JsonMapper.builder().build().readerFor(ScriptError.class));

            results.log(bytes("#0 first\n"));
            results.results(bytes("results"));
            results.log(bytes("#0 second\n"));
            results.results(bytes(" and more"));
            finished = results.commit(SUMMARY);
        }

        assertEquals(new ResultLocation("segment", 0, 16, 19), finished.location());
        assertEquals(SUMMARY, finished.summary());
        assertEquals(List.of(), finished.causes());
        assertEquals("results and more#0 first\n#0 second\n", content(store));
    }

    private static String content(ResultStore store) throws IOException {
        try (BlobReader reader = store.open(RUN, "segment")) {
            ByteBuffer all = ByteBuffer.allocate((int) reader.size());
            reader.read(all, 0);
            return new String(all.array(), UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
    }
}
