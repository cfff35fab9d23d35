package dev.datapipeline.worker.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.result.FailureGrouping;
import dev.datapipeline.result.FileResultStore;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.ResultStore;
import dev.datapipeline.result.ResultWriter;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome.Finished;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.RecordStatus;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.storage.BlobReader;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.worker.result.BatchResults;
import dev.datapipeline.worker.result.ResultSizeLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviousResultsTest {
    private static final UUID RUN = UUID.randomUUID();
    private static final byte[] EARLIER = new ResultBytes()
            .failed("KeyError", "'a'")
            .succeeded("{\"kept\":1}")
            .failed("KeyError", "'b'")
            .skipped("\"no\"")
            .bytes();
    private static final ObjectReader ERRORS = JsonMapper.builder().build().readerFor(ScriptError.class);
    private static final BatchSummary SUMMARY = new BatchSummary(2, 1, 1, 0);

    @TempDir
    Path folder;

    private ResultStore store;
    private ResultLocation location;

    @BeforeEach
    void storeEarlier() throws IOException {
        store = new FileResultStore(new FileBlobs(folder));
        commit("old", "before".getBytes(UTF_8), "");
        location = commit("old", EARLIER, "#11 kept");
    }

    @Test
    void onlyFailedRecordsRunAgain() throws IOException {
        try (PreviousResults earlier = open()) {
            assertArrayEquals(new int[] {0, 2}, earlier.chosen());
            assertEquals(12, earlier.index(1));
        }
    }

    @Test
    void onlyRecordsOfTheRetriedCauseRunAgain() throws IOException {
        String cause = causes(EARLIER).get(1);
        try (PreviousResults earlier = open(new RetriedCauses(Set.of(cause)))) {
            assertArrayEquals(new int[] {2}, earlier.chosen());
        }

        Finished finished =
                retry(new ResultBytes().failed("ValueError", "x").bytes(), new RetriedCauses(Set.of(cause)));

        byte[] expected = new ResultBytes()
                .failed("KeyError", "'a'")
                .succeeded("{\"kept\":1}")
                .failed("ValueError", "x")
                .skipped("\"no\"")
                .bytes();
        ResultLocation merged = finished.location();
        assertArrayEquals(expected, read(merged.segment(), merged.offset(), merged.resultsLength()));
        assertEquals(
                List.of("KeyError 'a' 1 [10]", "ValueError x 1 [12]"),
                finished.causes().stream()
                        .map(failure -> "%s %s %d %s"
                                .formatted(
                                        failure.key().type(),
                                        failure.key().message(),
                                        failure.records(),
                                        failure.examples()))
                        .toList());
    }

    @Test
    void recordsGroupedAsVariousRunAgainTogether() throws IOException {
        ResultBytes many = new ResultBytes();
        for (int i = 0; i < 150; i++) {
            many.failed("KeyError", "'" + i + "'");
        }
        byte[] results = many.bytes();
        location = commit("many", results, "");

        try (PreviousResults earlier =
                open(new RetriedCauses(Set.of(causes(results).get(100))))) {
            assertArrayEquals(IntStream.range(100, 150).toArray(), earlier.chosen());
        }
    }

    /** Ids of the causes of the failed records among the results, each once, in order. */
    private List<String> causes(byte[] results) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        FailureGrouping groups = new FailureGrouping(ERRORS);
        commit("causes", results, "");
        try (BlobReader reader = store.open(RUN, "causes")) {
            ResultReader cursor = new ResultReader(reader, 0, results.length);
            while (cursor.next()) {
                if (cursor.status() == RecordStatus.FAILED) {
                    ids.add(groups.id(groups.next(cursor)));
                }
            }
        }
        return List.copyOf(ids);
    }

    @Test
    void newResultsReplaceFailedOnes() throws IOException {
        Finished finished = retry(new ResultBytes()
                .succeeded("{\"now\":1}")
                .failed("ValueError", "x")
                .bytes());

        byte[] expected = new ResultBytes()
                .succeeded("{\"now\":1}")
                .succeeded("{\"kept\":1}")
                .failed("ValueError", "x")
                .skipped("\"no\"")
                .bytes();
        ResultLocation merged = finished.location();
        assertArrayEquals(expected, read(merged.segment(), merged.offset(), merged.resultsLength()));
        assertEquals(
                "#11 kept\n#12 printed\n",
                new String(
                        read(merged.segment(), merged.offset() + merged.resultsLength(), merged.logLength()), UTF_8));
        assertEquals(SUMMARY, finished.summary());
        assertEquals(List.of(12L), finished.causes().get(0).examples());
    }

    @Test
    void tooFewResultsAreRejected() {
        assertThrows(
                IOException.class,
                () -> retry(new ResultBytes().succeeded("{\"now\":1}").bytes()));
    }

    private Finished retry(byte[] fresh) throws IOException {
        return retry(fresh, RetriedCauses.ALL);
    }

    private Finished retry(byte[] fresh, RetriedCauses retried) throws IOException {
        try (PreviousResults earlier = open(retried);
                ResultWriter merged = store.begin(RUN, "new");
                ResultWriter apart = store.begin(RUN, "apart")) {
            ResultSizeLimit limit = new ResultSizeLimit(store, RUN, Long.MAX_VALUE);
            BatchResults results = new BatchResults(apart, limit, earlier::index, ERRORS);
            results.results(ByteBuffer.wrap(fresh));
            results.failed(earlier.chosen().length - 1, ByteBuffer.wrap("""
                    {"step":"s","stage":"main","type":"ValueError","message":"x","traceback":null,"script":"m","line":1}""".getBytes(UTF_8)));
            results.log(ByteBuffer.wrap("#1 printed\n".getBytes(UTF_8)));
            return results.commit(SUMMARY, earlier, apart.written(), merged);
        }
    }

    private ResultLocation commit(String segment, byte[] results, String log) throws IOException {
        try (ResultWriter writer = store.begin(RUN, segment)) {
            writer.write(ByteBuffer.wrap(results));
            return writer.commit(log.getBytes(UTF_8));
        }
    }

    private PreviousResults open() throws IOException {
        return open(RetriedCauses.ALL);
    }

    private PreviousResults open(RetriedCauses retried) throws IOException {
        BatchClaim claim = new BatchClaim(new BatchId(RUN, 0), 1, 2, 0, 10, 4, location, retried);
        return PreviousResults.open(store, claim, location, ERRORS);
    }

    private byte[] read(String segment, long offset, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        try (BlobReader reader = store.open(RUN, segment)) {
            reader.read(bytes, offset);
        }
        return bytes.array();
    }
}
