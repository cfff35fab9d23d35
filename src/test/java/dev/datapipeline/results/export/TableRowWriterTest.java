package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.results.export.columns.TableColumn;
import dev.datapipeline.results.export.columns.TableColumns;
import dev.datapipeline.results.export.csv.CsvLayout;
import dev.datapipeline.results.export.csv.CsvResults;
import dev.datapipeline.results.scan.OneBatch;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.attempt.AttemptNumbers;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The chosen columns of records, as lines of JSON and as CSV. */
class TableRowWriterTest {
    private static final OneBatch BATCH = new OneBatch("{\"n\":1, \"k\":\"é\"}", "{\"n\":2}", "{\"n\":3}");
    private static final Set<TableColumn> ALL = EnumSet.allOf(TableColumn.class);
    private static final Set<TableColumn> USUAL =
            EnumSet.of(TableColumn.INDEX, TableColumn.STATUS, TableColumn.ERROR, TableColumn.VALUE);

    /** The first record was made by the first attempt, the next one by the second, and so on; broken batches by the ninth. */
    private static final AttemptNumbers ATTEMPTS = new AttemptNumbers() {
        @Override
        public int of(long index) {
            return (int) index + 1;
        }

        @Override
        public int ofBroken(long index) {
            return 9;
        }
    };

    private static ResultBytes results() {
        return new ResultBytes()
                .succeeded("{\"p\":1}", "{\"n\":1.10,\"nested\":{\"n\":[1,{\"x\":\"}\"}]},\"u\":\"\\ud83d\"}")
                .failed("KeyError", "'x'", "{\"p\":2}")
                .skipped("\"too \\\"young\\\"\"");
    }

    @Test
    void everyColumnIsWritten() throws IOException {
        assertEquals(
                "{\"index\":0,\"status\":\"SUCCEEDED\",\"attempt\":1,\"raw\":{\"n\":1, \"k\":\"é\"},\"stages\":{\"pre_clean\":{\"p\":1},"
                        + "\"main_clean\":{\"n\":1.10,\"nested\":{\"n\":[1,{\"x\":\"}\"}]},\"u\":\"\\ud83d\"}},"
                        + "\"value\":{\"n\":1.10,\"nested\":{\"n\":[1,{\"x\":\"}\"}]},\"u\":\"\\ud83d\"}}",
                lines(ALL, Set.of())[0]);
        assertEquals(
                "{\"index\":2,\"status\":\"SKIPPED\",\"attempt\":3,\"skipped\":\"too \\\"young\\\"\",\"raw\":{\"n\":3},\"stages\":{}}",
                lines(ALL, Set.of())[2]);
    }

    @Test
    void chosenFieldsAreCopiedByteForByte() throws IOException {
        String[] lines = lines(USUAL, Set.of("nested", "u", "absent"));

        assertEquals(
                "{\"index\":0,\"status\":\"SUCCEEDED\",\"value\":{\"nested\":{\"n\":[1,{\"x\":\"}\"}]},\"u\":\"\\ud83d\"}}",
                lines[0]);
        assertEquals("{\"n\":1.10}", lines(EnumSet.of(TableColumn.VALUE), Set.of("n"))[0].replaceAll("^.*?:|}$", ""));
    }

    @Test
    void csvBeginsWithTheColumnsOfTheRecord() throws IOException {
        assertEquals(
                "_index,_status,_error,_skipped,n,nested,u\r\n"
                        + "0,SUCCEEDED,,,1.10,\"{\"\"n\"\":[1,{\"\"x\"\":\"\"}\"\"}]}\",\\ud83d\r\n"
                        + "1,FAILED,KeyError: 'x',,,,\r\n"
                        + "2,SKIPPED,,\"too \"\"young\"\"\",,,\r\n",
                csv(USUAL, Set.of(), results(), BATCH));
    }

    @Test
    void csvOfRawAndValueTellsThemApart() throws IOException {
        assertEquals(
                "raw.n,value.n\r\n1,1.10\r\n2,\r\n3,\r\n",
                csv(EnumSet.of(TableColumn.RAW, TableColumn.VALUE), Set.of("n"), results(), BATCH));
    }

    @Test
    void keysOfRecordsAreNeverTakenForColumnsOfTheTable() throws IOException {
        ResultBytes results =
                new ResultBytes().succeeded("{\"_index\":7,\"__index\":8,\"index\":9,\"_other\":10,\"_error\":11}");

        assertEquals(
                "_index,_status,_error,_skipped,__index,___index,index,_other,__error\r\n0,SUCCEEDED,,,7,8,9,10,11\r\n",
                csv(USUAL, Set.of(), results, new OneBatch("{}")));
    }

    @Test
    void recordsWithoutAResultHaveARowWhenTheirBatchIsOver() throws IOException {
        Broken broken = new Broken("ENGINE_DIED", "gone");

        assertEquals(
                "_index,_status,_error,_skipped\r\n0,FAILED,ENGINE_DIED: gone,\r\n",
                unfinished(BatchStatus.FAILED, broken));
        assertEquals("_index,_status,_error,_skipped\r\n0,CANCELLED,,\r\n", unfinished(BatchStatus.CANCELLED, null));
        assertEquals("_index,_status,_error,_skipped\r\n", unfinished(BatchStatus.QUEUED, null));
    }

    @Test
    void attemptsAreAColumnOfTheirOwn() throws IOException {
        Set<TableColumn> columns = EnumSet.of(TableColumn.INDEX, TableColumn.ATTEMPT);

        assertEquals("_index,_attempt\r\n0,1\r\n1,2\r\n2,3\r\n", csv(columns, Set.of(), results(), BATCH));
        assertEquals(
                "_index,_attempt\r\n0,9\r\n",
                unfinished(columns, BatchStatus.FAILED, new Broken("ENGINE_DIED", "gone")));
        assertEquals("_index,_attempt\r\n0,\r\n", unfinished(columns, BatchStatus.CANCELLED, null));
    }

    private static String unfinished(BatchStatus status, @Nullable Broken error) throws IOException {
        return unfinished(USUAL, status, error);
    }

    private static String unfinished(Set<TableColumn> columns, BatchStatus status, @Nullable Broken error)
            throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CsvLayout layout = CsvLayout.table(OneBatch.LABELS, new TableColumns(columns, Set.of()), ATTEMPTS);
        OneBatch one = new OneBatch("{\"n\":1}");
        new CsvResults(visitor -> one.showUnfinished(status, error, visitor), layout, CsvOptions.DEFAULT).write(target);
        return target.toString(UTF_8);
    }

    private static String[] lines(Set<TableColumn> columns, Set<String> fields) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        JsonRowWriter rows = JsonRowWriter.lines(target);
        BATCH.show(results(), new TableRowWriter(OneBatch.LABELS, new TableColumns(columns, fields), ATTEMPTS, rows));
        rows.end();
        return target.toString(UTF_8).split("\n");
    }

    private static String csv(Set<TableColumn> columns, Set<String> fields, ResultBytes results, OneBatch batch)
            throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CsvLayout layout = CsvLayout.table(OneBatch.LABELS, new TableColumns(columns, fields), ATTEMPTS);
        new CsvResults(visitor -> batch.show(results, visitor), layout, CsvOptions.DEFAULT).write(target);
        return target.toString(UTF_8);
    }
}
