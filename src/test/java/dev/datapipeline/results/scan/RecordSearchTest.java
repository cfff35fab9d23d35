package dev.datapipeline.results.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.http.download.Client;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.StoredRun;
import dev.datapipeline.run.store.failure.RecordQuery;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches by cause and by text, in as many parts as they take. */
class RecordSearchTest extends RunRecordsFixture {
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1000000", "3, 40", "1000, 1", "1000, 2000", "1000, 1000000"})
    void searchGoesOnWhereItStopped(int limit, long bytes) throws IOException, SQLException {
        run = new StoredRun(blobs, 600);
        run.finish(0, "SSSSSSSSSS", "a");
        run.finish(1, "FSVSSKSSSF", "a");
        run.fail(3);
        run.finish(599, "SSSSSSSVSS", "b");
        RecordFilter all = RecordFilter.ALL;

        assertEquals(
                List.of(10L, 19L),
                search(new RecordQuery(all, null, null, "KeyError", null, null, null), limit, bytes));
        assertEquals(
                List.of(12L, 5_997L),
                search(new RecordQuery(all, "clean", "main", null, StoredRun.VALUE.id(), null, null), limit, bytes));
        assertEquals(
                LongStream.range(30, 40).boxed().toList(),
                search(new RecordQuery(all, null, null, "ENGINE_DIED", null, null, null), limit, bytes));
        assertEquals(List.of(), search(new RecordQuery(all, null, "pre", null, null, null, null), limit, bytes));
        assertEquals(
                List.of(19L),
                search(new RecordQuery(all, null, null, "KeyError", null, null, "\"N\":19"), limit, bytes));
        assertEquals(
                List.of(),
                search(new RecordQuery(RecordFilter.SKIPPED, "clean", null, null, null, null, null), limit, bytes));
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
        List<Long> found =
                search(new RecordQuery(RecordFilter.ALL, null, null, null, null, null, text), 1_000, 1_000_000);

        assertEquals(indexes, found.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    @Test
    void searchStopsAtItsLimit() throws IOException {
        SeenRecords seen = new SeenRecords();
        RecordQuery nowhere = new RecordQuery(RecordFilter.ALL, null, null, null, null, null, "nowhere");

        OptionalLong next = records.visit(run.spec(), nowhere, new RecordRange(0, 0, 10, 200), seen, Client.NONE);

        assertTrue(next.getAsLong() > 0 && next.getAsLong() < 20, "next " + next);
    }
}
