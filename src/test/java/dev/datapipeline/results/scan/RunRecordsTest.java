package dev.datapipeline.results.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.result.FailureCauseId;
import dev.datapipeline.result.ResultBlobs;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.StoredRun;
import dev.datapipeline.run.store.batch.BatchQueries;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.run.store.failure.FailureQueries;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunRecordsTest {
    /** What records 0 to 69 are: batches of ten, of which the fourth broke and the last two were cancelled. */
    private static final String STATUSES =
            "SSSSSSSSSS" + "FSSSSKSSSF" + "KKKKKKKKKK" + "ffffffffff" + "SSFSSSSSSS" + "cccccccccc".repeat(2);

    @TempDir
    Path folder;

    private FileBlobs blobs;
    private RunRecords records;
    private StoredRun run;

    @BeforeEach
    void storeRun() throws IOException, SQLException {
        blobs = new FileBlobs(folder);
        Transactions transactions = new Transactions(TestDatabase.shared());
        records = new RunRecords(
                new BatchQueries(transactions),
                new FailureQueries(transactions),
                blobs,
                JsonMapper.builder().build());
        run = new StoredRun(blobs, 7);
        run.finish(1, STATUSES.substring(10, 20), "a");
        run.finish(0, STATUSES.substring(0, 10), "b");
        run.fail(3);
        run.finish(2, STATUSES.substring(20, 30), "a");
        run.finish(4, STATUSES.substring(40, 50), "b");
        run.claim(5);
        run.cancel();
    }

    @Test
    void allRecordsAreShownInInputOrderBesideTheirRawOnes() throws IOException {
        Seen all = visit(RecordFilter.ALL, 0, 1_000);

        assertEquals(LongStream.range(0, 70).boxed().toList(), all.indexes);
        assertEquals(LongStream.range(0, 70).mapToObj(n -> "{\"n\":" + n + "}").toList(), all.raws);
        assertEquals(STATUSES, all.statuses.toString());
    }

    @Test
    void runDeletedMeanwhileIsNotFound() {
        RunSpec spec = run.spec();
        Seen deleting = new Seen() {
            @Override
            public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
                delete(spec.run().id());
            }
        };

        ProblemException problem =
                assertThrows(ProblemException.class, () -> records.visitAll(spec, deleting, Client.NONE));

        assertEquals(ProblemType.NOT_FOUND, problem.type());
    }

    @Test
    void findsResultsThatARetryHasMoved() throws IOException {
        Seen moving = new Seen() {
            @Override
            public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
                super.finished(index, raw, result);
                if (index == 10) {
                    moveSegment("b", "c");
                }
            }
        };

        records.visitAll(run.spec(), moving, Client.NONE);

        assertEquals(STATUSES, moving.statuses.toString());
    }

    private void moveSegment(String from, String to) throws IOException {
        UUID id = run.spec().run().id();
        Path runs = folder.resolve("blobs").resolve(ResultBlobs.folder(id).value());
        Files.move(runs.resolve(from), runs.resolve(to));
        try {
            new dev.datapipeline.testing.Rows(TestDatabase.shared())
                    .execute("update batch set segment = ? where segment = ? and run_id = ?", to, from, id);
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
    }

    @Test
    void stopsWhenTheClientDisconnects() throws IOException, SQLException {
        run = new StoredRun(blobs, 4000);
        Seen seen = new Seen();

        assertThrows(IOException.class, () -> records.visitAll(run.spec(), seen, () -> true));

        assertTrue(seen.indexes.size() < 40_000);
    }

    private void delete(UUID deleted) throws IOException {
        try {
            new dev.datapipeline.testing.Rows(TestDatabase.shared()).execute("delete from run where id = ?", deleted);
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
        blobs.delete(ResultBlobs.folder(deleted));
    }

    @Test
    void missingResultsAreAnInternalError() throws IOException {
        blobs.delete(ResultBlobs.folder(run.spec().run().id()));

        assertThrows(NoSuchFileException.class, () -> visit(RecordFilter.ALL, 0, 1_000));
    }

    @Test
    void whatRunsAgainIsPendingBesideTheResultsThatStay() throws IOException {
        run.retry();

        assertEquals(
                "SSSSSSSSSS" + "pSSSSKSSSp" + "KKKKKKKKKK" + "pppppppppp" + "SSpSSSSSSS" + "pppppppppp".repeat(2),
                visit(RecordFilter.ALL, 0, 1_000).statuses.toString());
        assertEquals(List.of(10L, 19L, 30L), visit(RecordFilter.PENDING, 0, 3).indexes);
        assertEquals(List.of(39L, 42L, 50L), visit(RecordFilter.PENDING, 11, 3).indexes);
        assertEquals(List.of(), visit(RecordFilter.FAILED, 0, 1_000).indexes);
        assertEquals(0, visit(RecordFilter.CANCELLED, 0, 1_000).indexes.size());
    }

    @Test
    void whatFailedForAnotherCauseStaysAsItIs() throws IOException, SQLException {
        run = new StoredRun(blobs, 2);
        run.finish(0, "FSVSSKSSSF", "a");
        run.finish(1, "SSSSSSSVSS", "b");

        run.retry(StoredRun.KEY);

        assertEquals(
                "pSFSSKSSSp" + "SSSSSSSFSS",
                visit(RecordFilter.ALL, 0, 1_000).statuses.toString());
        assertEquals(List.of(0L, 9L), visit(RecordFilter.PENDING, 0, 1_000).indexes);
        assertEquals(List.of(2L, 17L), visit(RecordFilter.FAILED, 0, 1_000).indexes);
        assertEquals(List.of(2L, 17L), search(ofCause(StoredRun.VALUE), 10, 1_000_000));
        assertEquals(List.of(), search(ofCause(StoredRun.KEY), 10, 1_000_000));

        run.fail(0);

        assertEquals(
                "fSFSSKSSSf" + "SSSSSSSFSS",
                visit(RecordFilter.ALL, 0, 1_000).statuses.toString());
        assertEquals(List.of(2L, 17L), search(ofCause(StoredRun.VALUE), 10, 1_000_000));
        assertEquals(
                List.of(0L, 9L),
                search(new RecordQuery(RecordFilter.ALL, null, null, "ENGINE_DIED", null, null), 10, 1_000_000));
    }

    private static RecordQuery ofCause(FailureCauseId cause) {
        return new RecordQuery(RecordFilter.ALL, null, null, null, cause.id(), null);
    }

    @Test
    void retryThatBreaksFailsWhatRanAgainForItsOwnReason() throws IOException {
        run.retry();
        run.fail(1);

        assertEquals("fSSSSKSSSf", visit(RecordFilter.ALL, 10, 10).statuses.toString());
        assertEquals(List.of(10L, 19L), visit(RecordFilter.FAILED, 0, 1_000).indexes);
    }

    @ParameterizedTest
    @EnumSource(RecordFilter.class)
    void everyPageOfEveryFilterIsPartOfTheWhole(RecordFilter filter) throws IOException {
        List<Long> matching = LongStream.range(0, 70)
                .filter(index -> matches(filter, STATUSES.charAt((int) index)))
                .boxed()
                .toList();

        for (int offset = 0; offset <= matching.size() + 1; offset++) {
            for (int limit : new int[] {1, 3, 10, 25, 1_000}) {
                List<Long> cut = matching.stream().skip(offset).limit(limit).toList();
                assertEquals(cut, visit(filter, offset, limit).indexes, "offset " + offset + ", limit " + limit);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1000000", "3, 40", "1000, 1", "1000, 2000", "1000, 1000000"})
    void searchGoesOnWhereItStopped(int limit, long bytes) throws IOException, SQLException {
        run = new StoredRun(blobs, 600);
        run.finish(0, "SSSSSSSSSS", "a");
        run.finish(1, "FSVSSKSSSF", "a");
        run.fail(3);
        run.finish(599, "SSSSSSSVSS", "b");
        RecordFilter all = RecordFilter.ALL;

        assertEquals(List.of(10L, 19L), search(new RecordQuery(all, null, null, "KeyError", null, null), limit, bytes));
        assertEquals(
                List.of(12L, 5_997L),
                search(new RecordQuery(all, "clean", "main", null, StoredRun.VALUE.id(), null), limit, bytes));
        assertEquals(
                LongStream.range(30, 40).boxed().toList(),
                search(new RecordQuery(all, null, null, "ENGINE_DIED", null, null), limit, bytes));
        assertEquals(List.of(), search(new RecordQuery(all, null, "pre", null, null, null), limit, bytes));
        assertEquals(
                List.of(19L), search(new RecordQuery(all, null, null, "KeyError", null, "\"N\":19"), limit, bytes));
        assertEquals(
                List.of(),
                search(new RecordQuery(RecordFilter.SKIPPED, "clean", null, null, null, null), limit, bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "keyerror: 'X', 10 19 42",
        "'{\"n\":3', 3 30 31 32 33 34 35 36 37 38 39",
        "gone, 30 31 32 33 34 35 36 37 38 39",
        "'\"of\":4', 40 41 43 44 45 46 47 48 49",
        "nO, 15 20 21 22 23 24 25 26 27 28 29",
        "traceback, ''",
        "%, ''"
    })
    void textIsFoundInRawValueResultErrorAndReason(String text, String indexes) throws IOException {
        List<Long> found = search(new RecordQuery(RecordFilter.ALL, null, null, null, null, text), 1_000, 1_000_000);

        assertEquals(indexes, found.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    @Test
    void searchStopsAtItsLimit() throws IOException {
        Seen seen = new Seen();
        RecordQuery nowhere = new RecordQuery(RecordFilter.ALL, null, null, null, null, "nowhere");

        OptionalLong next = records.visit(run.spec(), nowhere, new RecordRange(0, 0, 10, 200), seen, Client.NONE);

        assertTrue(next.getAsLong() > 0 && next.getAsLong() < 20, "next " + next);
    }

    @Test
    void listBeginsWhereItIsAskedTo() throws IOException {
        Seen seen = new Seen();

        OptionalLong next = records.visit(
                run.spec(),
                RecordQuery.of(RecordFilter.FAILED),
                new RecordRange(11, 1, 3, Long.MAX_VALUE),
                seen,
                Client.NONE);

        assertEquals(List.of(30L, 31L, 32L), seen.indexes);
        assertEquals(OptionalLong.of(33), next);
    }

    @Test
    void nothingIsFoundBeyondTheEnd() throws IOException {
        assertEquals(List.of(), visit(RecordFilter.ALL, 70, 10).indexes);
        assertEquals(List.of(), visit(RecordFilter.FAILED, Long.MAX_VALUE, 10).indexes);
    }

    @Test
    void recordsOfAnOpenRunArePending() throws IOException, SQLException {
        run = new StoredRun(blobs, 3);
        run.finish(1, "SSSSSSSSSS", "a");
        run.claim(2);

        Seen pending = visit(RecordFilter.PENDING, 5, 10);

        assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 20L, 21L, 22L, 23L, 24L), pending.indexes);
        assertEquals("pppppppppp", pending.statuses.toString());
    }

    @Test
    void chosenBatchesAreShownWhole() throws IOException {
        BitSet numbers = records.finishedBatches(run.spec());
        assertEquals("{0, 1, 2, 3, 4}", numbers.toString());
        numbers.clear(1, 4);

        Seen seen = new Seen();
        records.visitBatches(run.spec(), numbers, seen, Client.NONE);

        assertEquals(
                LongStream.concat(LongStream.range(0, 10), LongStream.range(40, 50))
                        .boxed()
                        .toList(),
                seen.indexes);
    }

    @Test
    void batchesAreReadInPortions() throws IOException, SQLException {
        run = new StoredRun(blobs, 1_001);
        run.finish(0, "SSSSSSSSSS", "a");
        run.finish(500, "SSSSSSSSSS", "a");
        run.finish(1_000, "SSSSSSSSSS", "a");

        assertEquals(List.of(9L, 5_000L, 5_001L), visit(RecordFilter.SUCCEEDED, 9, 3).indexes);
        assertEquals(List.of(10_009L), visit(RecordFilter.SUCCEEDED, 29, 3).indexes);
        assertEquals(10_010, visit(RecordFilter.ALL, 0, 100_000).indexes.size());
    }

    private Seen visit(RecordFilter filter, long offset, long limit) throws IOException {
        Seen seen = new Seen();
        records.visit(
                run.spec(),
                RecordQuery.of(filter),
                new RecordRange(0, offset, limit, Long.MAX_VALUE),
                seen,
                Client.NONE);
        return seen;
    }

    /** What a search finds in as many parts as it takes when each may look at so many bytes. */
    private List<Long> search(RecordQuery query, int limit, long bytes) throws IOException {
        Seen seen = new Seen();
        OptionalLong next = OptionalLong.of(0);
        while (next.isPresent()) {
            long from = next.getAsLong();
            int before = seen.indexes.size();
            next = records.visit(run.spec(), query, new RecordRange(from, 0, limit, bytes), seen, Client.NONE);
            assertTrue(next.isEmpty() || next.getAsLong() > from, "from " + from + " to " + next);
            assertTrue(seen.indexes.size() - before <= limit);
        }
        return seen.indexes;
    }

    private static boolean matches(RecordFilter filter, char status) {
        return switch (filter) {
            case ALL -> true;
            case SUCCEEDED -> status == 'S';
            case FAILED -> status == 'F' || status == 'f';
            case SKIPPED -> status == 'K';
            case CANCELLED -> status == 'c';
            case PENDING -> false;
        };
    }

    /** Remembers what it is shown; small letters stand for records without a result. */
    private static class Seen implements RecordVisitor {
        final List<Long> indexes = new ArrayList<>();
        final List<String> raws = new ArrayList<>();
        final StringBuilder statuses = new StringBuilder();

        @Override
        public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
            add(
                    index,
                    raw,
                    switch (result.status()) {
                        case SUCCEEDED -> 'S';
                        case FAILED -> 'F';
                        case SKIPPED -> 'K';
                    });
        }

        @Override
        public void unfinished(long index, RecordLines raw, BatchRow batch) throws IOException {
            add(
                    index,
                    raw,
                    switch (batch.status()) {
                        case FAILED -> 'f';
                        case CANCELLED -> 'c';
                        case QUEUED, RUNNING, SUCCEEDED -> 'p';
                    });
        }

        private void add(long index, RecordLines raw, char status) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            raw.writeRecord(bytes);
            indexes.add(index);
            raws.add(bytes.toString(StandardCharsets.UTF_8));
            statuses.append(status);
        }
    }
}
