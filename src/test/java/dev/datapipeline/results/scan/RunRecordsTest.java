package dev.datapipeline.results.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.StoredRun;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of records, by status and page. */
class RunRecordsTest extends RunRecordsFixture {
    @Test
    void allRecordsAreShownInInputOrderBesideTheirRawOnes() throws IOException {
        SeenRecords all = visit(RecordFilter.ALL, 0, 1_000);

        assertEquals(LongStream.range(0, 70).boxed().toList(), all.indexes);
        assertEquals(LongStream.range(0, 70).mapToObj(n -> "{\"n\":" + n + "}").toList(), all.raws);
        assertEquals(STATUSES, all.statuses.toString());
    }

    @Test
    void runDeletedMeanwhileIsNotFound() {
        RunSpec spec = run.spec();
        SeenRecords deleting = new SeenRecords() {
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
    void stopsWhenTheClientDisconnects() throws IOException, SQLException {
        run = new StoredRun(blobs, 4000);
        SeenRecords seen = new SeenRecords();

        assertThrows(IOException.class, () -> records.visitAll(run.spec(), seen, () -> true));

        assertTrue(seen.indexes.size() < 40_000);
    }

    private void delete(UUID deleted) throws IOException {
        try {
            new Rows(TestDatabase.shared()).execute("delete from run where id = ?", deleted);
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
        store.delete(deleted);
    }

    @Test
    void missingResultsAreAnInternalError() throws IOException {
        store.delete(run.spec().run().id());

        assertThrows(NoSuchFileException.class, () -> visit(RecordFilter.ALL, 0, 1_000));
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

    @Test
    void listBeginsWhereItIsAskedTo() throws IOException {
        SeenRecords seen = new SeenRecords();

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

        SeenRecords pending = visit(RecordFilter.PENDING, 5, 10);

        assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 20L, 21L, 22L, 23L, 24L), pending.indexes);
        assertEquals("pppppppppp", pending.statuses.toString());
    }

    @Test
    void chosenBatchesAreShownWhole() throws IOException {
        BitSet numbers = records.finishedBatches(run.spec());
        assertEquals("{0, 1, 2, 3, 4, 5, 6}", numbers.toString());
        numbers.clear(1, 4);
        numbers.clear(5, 7);

        SeenRecords seen = new SeenRecords();
        records.visitBatches(run.spec(), RecordQuery.of(RecordFilter.ALL), numbers, seen, Client.NONE);

        assertEquals(
                LongStream.concat(LongStream.range(0, 10), LongStream.range(40, 50))
                        .boxed()
                        .toList(),
                seen.indexes);
    }

    @Test
    void nothingIsReadBeyondTheEndOfARange() throws IOException {
        RecordQuery failed = new RecordQuery(RecordFilter.FAILED, null, null, null, null, null, null);
        RecordQuery keyError = new RecordQuery(RecordFilter.ALL, null, null, "KeyError", null, null, null);

        for (RecordQuery query : List.of(RecordQuery.of(RecordFilter.ALL), failed, keyError)) {
            SeenRecords whole = new SeenRecords();
            records.visit(run.spec(), query, RecordRange.ALL, whole, Client.NONE);
            SeenRecords parts = new SeenRecords();
            for (int from = 0; from < 70; from += 7) {
                RecordRange part = new RecordRange(from, 0, Long.MAX_VALUE, Long.MAX_VALUE, from + 7);
                records.visit(run.spec(), query, part, parts, Client.NONE);
            }

            assertEquals(whole.indexes, parts.indexes, query.toString());
        }
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
}
