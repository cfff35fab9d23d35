package dev.datapipeline.results.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.results.export.FinalValueWriter;
import dev.datapipeline.results.export.JsonRowWriter;
import dev.datapipeline.results.export.StateTableWriter;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The views "final" and "states", as an array and as lines. */
class ResultViewsTest {
    private static final OneBatch BATCH = new OneBatch("{\"n\":1.0}", "{\"n\":2}", "{\"n\":3}");
    private static final String ERROR =
            "{\"step\":\"clean\",\"stage\":\"main\",\"type\":\"KeyError\",\"message\":\"'x'\",\"traceback\":null,\"script\":\"main.py\",\"line\":3}";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void finalValuesAreThoseOfSucceededRecords() throws IOException {
        JsonRowWriter rows = JsonRowWriter.array(written);

        BATCH.show(results(), new FinalValueWriter(rows));
        BATCH.showUnfinished(BatchStatus.FAILED, new Broken("ENGINE_DIED", "gone"), new FinalValueWriter(rows));
        rows.end();

        assertEquals("[{\"n\":1.50}]", written.toString(UTF_8));
    }

    @Test
    void statesAreThoseThatARecordReached() throws IOException {
        JsonRowWriter rows = JsonRowWriter.lines(written);

        BATCH.show(results(), new StateTableWriter(OneBatch.LABELS, rows));
        rows.end();

        assertEquals(
                "{\"raw\":{\"n\":1.0},\"pre_clean\":{\"n\":1},\"main_clean\":{\"n\":1.50}}\n"
                        + "{\"raw\":{\"n\":2},\"pre_clean\":{\"n\":2},\"error\":" + ERROR + "}\n"
                        + "{\"raw\":{\"n\":3},\"skipped\":\"odd\"}\n",
                written.toString(UTF_8));
    }

    @Test
    void statesOfARunThatKeepsTheLastValueHaveThatOne() throws IOException {
        JsonRowWriter rows = JsonRowWriter.array(written);

        new OneBatch("{}")
                .show(new ResultBytes().succeededWithLast(1, "{\"n\":2}"), new StateTableWriter(OneBatch.LABELS, rows));
        rows.end();

        assertEquals("[{\"raw\":{},\"main_clean\":{\"n\":2}}]", written.toString(UTF_8));
    }

    @Test
    void statesOfABrokenBatchNameTheReason() throws IOException {
        JsonRowWriter rows = JsonRowWriter.array(written);

        new OneBatch("{}")
                .showUnfinished(
                        BatchStatus.FAILED,
                        new Broken("ENGINE_DIED", "gone"),
                        new StateTableWriter(OneBatch.LABELS, rows));
        rows.end();

        assertEquals(
                "[{\"raw\":{},\"error\":{\"step\":null,\"stage\":null,\"type\":\"ENGINE_DIED\",\"message\":\"gone\",\"traceback\":null,\"script\":null,\"line\":null}}]",
                written.toString(UTF_8));
    }

    @Test
    void recordsThatAreNotFinishedHaveNoState() throws IOException {
        JsonRowWriter rows = JsonRowWriter.array(written);
        StateTableWriter table = new StateTableWriter(OneBatch.LABELS, rows);

        BATCH.showUnfinished(BatchStatus.RUNNING, null, table);
        BATCH.showUnfinished(BatchStatus.CANCELLED, null, table);
        rows.end();

        assertEquals("[]", written.toString(UTF_8));
    }

    @Test
    void noRowsAreAnEmptyDocument() throws IOException {
        JsonRowWriter.lines(written).end();

        assertEquals("", written.toString(UTF_8));
    }

    private static ResultBytes results() {
        return new ResultBytes()
                .succeeded("{\"n\":1}", "{\"n\":1.50}")
                .failed("KeyError", "'x'", "{\"n\":2}")
                .skipped("\"odd\"");
    }
}
