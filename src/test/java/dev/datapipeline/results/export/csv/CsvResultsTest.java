package dev.datapipeline.results.export.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.results.export.columns.StageLabels;
import dev.datapipeline.results.scan.OneBatch;
import dev.datapipeline.run.BatchStatus;
import dev.datapipeline.run.store.batch.BatchOutcome.Broken;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CsvResultsTest {
    @Test
    void everyKeyOfAFinalValueIsAColumn() throws IOException {
        ResultBytes results = new ResultBytes()
                .succeeded("{}", "{\"a\":1,\"b\":\"x\"}")
                .failed("KeyError", "'x'", "{}")
                .succeeded("{}", "{\"c\":true,\"a\":2}");

        assertEquals("a,b,c\r\n1,x,\r\n2,,true\r\n", finalValues(results, "{}", "{}", "{}"));
    }

    @Test
    void statesHaveAColumnForEachKeyOfEachStage() throws IOException {
        ResultBytes results = new ResultBytes()
                .succeeded("{\"a\":2}", "{\"a\":3}")
                .failed("KeyError", "'x'", "{\"a\":5}")
                .skipped("\"too \\\"young\\\"\"");

        assertEquals(
                "raw.a,pre_clean.a,main_clean.a,error,skipped\r\n"
                        + "1,2,3,,\r\n"
                        + "4,5,,KeyError: 'x',\r\n"
                        + "6,,,,\"too \"\"young\"\"\"\r\n",
                states(results, "{\"a\":1}", "{\"a\":4}", "{\"a\":6}"));
    }

    @Test
    void recordsOfABrokenBatchNameTheReason() throws IOException {
        OneBatch batch = new OneBatch("{\"a\":1}");
        Broken broken = new Broken("ENGINE_DIED", "gone, twice");
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        new CsvResults(
                        visitor -> batch.showUnfinished(BatchStatus.FAILED, broken, visitor),
                        CsvLayout.states(OneBatch.LABELS),
                        CsvOptions.DEFAULT)
                .write(target);

        assertEquals("raw.a,error\r\n1,\"ENGINE_DIED: gone, twice\"\r\n", target.toString(UTF_8));
    }

    @Test
    void numbersStayAsTheyAreWritten() throws IOException {
        String value = "{\"a\":1.10,\"b\":-1E+400,\"c\":1234567890123456789012345678901234567890}";

        assertEquals(
                "a,b,c\r\n1.10,-1E+400,1234567890123456789012345678901234567890\r\n",
                finalValues(new ResultBytes().succeeded("{}", value), "{}"));
    }

    @Test
    void nestedValuesStayJson() throws IOException {
        String value = "{\"a\":[1.0, {\"b\":\"é,\\\"\"}],\"c\":{ \"d\" : null },\"e\":null,\"f\":[]}";

        assertEquals(
                "a,c,e,f\r\n\"[1.0, {\"\"b\"\":\"\"é,\\\"\"\"\"}]\",\"{ \"\"d\"\" : null }\",,[]\r\n",
                finalValues(new ResultBytes().succeeded("{}", value), "{}"));
    }

    @Test
    void namesAndValuesWithHalfOfASurrogatePairAreWrittenAsEscapes() throws IOException {
        String value = "{\"\\ud83d\":\"\\ude00\",\"\\\\ud83d\":[\"\\ud83d\"],\"\\ud83d\\ude00\":{\"\\ud83d\":1}}";
        ResultBytes results = new ResultBytes()
                .succeeded("{\"a\":1}", value)
                .failed("Error", "\\ud83d", "{\"\\ud83d\":5}")
                .skipped("\"\\ud83d\"");

        assertEquals(
                "\\ud83d,\\\\ud83d,😀\r\n\\ude00,\"[\"\"\\ud83d\"\"]\",\"{\"\"\\ud83d\"\":1}\"\r\n",
                finalValues(results, "{}", "{}", "{}"));
        assertEquals(
                "raw.\\ud83d,pre_clean.a,main_clean.\\ud83d,main_clean.\\\\ud83d,main_clean.😀,pre_clean.\\ud83d,error,skipped\r\n"
                        + "1,1,\\ude00,\"[\"\"\\ud83d\"\"]\",\"{\"\"\\ud83d\"\":1}\",,,\r\n"
                        + "2,,,,,5,Error: \\ud83d,\r\n"
                        + "3,,,,,,,\\ud83d\r\n",
                states(results, "{\"\\ud83d\":1}", "{\"\\ud83d\":2}", "{\"\\ud83d\":3}"));
    }

    @Test
    void formulasInTextsAndNamesAreGuardedButNumbersAreNot() throws IOException {
        String value = "{\"=a\":\"=1+1\",\"'=a\":-5,\"b\":\"-5\",\"c\":[\"x;=1\"]}";

        assertEquals(
                "'=a,''=a,b,c\r\n'=1+1,-5,-5,\"[\"\"x;'=1\"\"]\"\r\n",
                finalValues(new ResultBytes().succeeded("{}", value), "{}"));
    }

    @Test
    void rowOfASingleColumnIsNeverAnEmptyLine() throws IOException {
        ResultBytes results = new ResultBytes()
                .succeeded("{}", "{\"a\":1}")
                .succeeded("{}", "{\"a\":null}")
                .succeeded("{}", "{\"a\":\"\"}")
                .succeeded("{}", "{}");

        assertEquals("a\r\n1\r\n\"\"\r\n\"\"\r\n\"\"\r\n", finalValues(results, "{}", "{}", "{}", "{}"));
    }

    @Test
    void recordsWithoutAnyKeyAreRowsOfAColumnWithoutAName() throws IOException {
        ResultBytes results = new ResultBytes().succeeded("{}", "{}").succeeded("{}", "{}");

        assertEquals("\"\"\r\n\"\"\r\n\"\"\r\n", finalValues(results, "{}", "{}"));
        assertEquals("\"\"\r\n\"\"\r\n\"\"\r\n", states(results, "{}", "{}"));
        assertEquals("\r\n", finalValues(new ResultBytes()));
    }

    @Test
    void keysWithDotsAreNotThoseOfAnotherStep() throws IOException {
        StageLabels labels = new StageLabels(List.of(step("a"), step("a.b"), step("a\\")));
        ResultBytes results = new ResultBytes()
                .succeeded("{\"b.c\":1,\"c\":2}", "{\"c\":3,\"b.c\":4,\"raw.x\":5}", "{\".b.c\":6,\"error\":7}");
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        new CsvResults(
                        visitor -> new OneBatch("{\"x\":0}").show(results, visitor),
                        CsvLayout.states(labels),
                        CsvOptions.DEFAULT)
                .write(target);

        assertEquals(
                "raw.x,main_a.b.c,main_a.c,main_a\\.b.c,main_a\\.b.b.c,main_a\\.b.raw.x,main_a\\\\..b.c,main_a\\\\.error\r\n"
                        + "0,1,2,3,4,5,6,7\r\n",
                target.toString(UTF_8));
    }

    @Test
    void nullAndEmptyTextDiffer() throws IOException {
        ResultBytes results = new ResultBytes().succeeded("{}", "{\"a\":null,\"b\":\"\",\"c\":\"NULL\"}");

        assertEquals("a,b,c\r\n,\"\",NULL\r\n", finalValues(results, "{}"));
        assertEquals(
                "\uFEFFa,b,c\r\nNULL,\"\",\"NULL\"\r\n", csv(true, new CsvOptions(true, true, "NULL"), results, "{}"));
    }

    @Test
    void deepValuesAreWritten() throws IOException {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertEquals(
                "a\r\n" + deep + "\r\n", finalValues(new ResultBytes().succeeded("{}", "{\"a\":" + deep + "}"), "{}"));
    }

    @Test
    void moreColumnsThanASpreadsheetTakesAreRejectedBeforeAnythingIsWritten() {
        String value = IntStream.rangeClosed(0, CsvWriter.MAX_COLUMNS)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        assertRejected(new ResultBytes().succeeded("{}", value), "{}");
    }

    @Test
    void namesThatAreTooLongTogetherAreRejectedBeforeAnythingIsWritten() throws IOException {
        String half = "k".repeat(CsvColumns.MOST_CHARACTERS / 2 - 1);
        ResultBytes fits = new ResultBytes()
                .succeeded("{}", "{\"a" + half + "\":1}")
                .succeeded("{}", "{\"b" + half + "\":2,\"a" + half + "\":3}");

        assertTrue(finalValues(fits, "{}", "{}").endsWith("\r\n1,\r\n3,2\r\n"));
        assertRejected(
                new ResultBytes()
                        .succeeded("{}", "{\"a" + half + "\":1}")
                        .succeeded("{}", "{\"b" + half + "\":2,\"c\":3}"),
                "{}",
                "{}");
    }

    private static void assertRejected(ResultBytes results, String... raws) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        OneBatch batch = new OneBatch(raws);

        ProblemException rejection = assertThrows(
                ProblemException.class,
                () -> new CsvResults(
                                visitor -> batch.show(results, visitor), CsvLayout.finalValues(), CsvOptions.DEFAULT)
                        .write(target));

        assertEquals(ProblemType.OUT_OF_RANGE, rejection.type());
        assertEquals(0, target.size());
    }

    private static StepOutline step(String name) {
        return new StepOutline(name, List.of("main"));
    }

    private static String finalValues(ResultBytes results, String... raws) throws IOException {
        return csv(true, CsvOptions.DEFAULT, results, raws);
    }

    private static String states(ResultBytes results, String... raws) throws IOException {
        return csv(false, CsvOptions.DEFAULT, results, raws);
    }

    private static String csv(boolean isFinal, CsvOptions options, ResultBytes results, String... raws)
            throws IOException {
        OneBatch batch = new OneBatch(raws);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CsvLayout layout = isFinal ? CsvLayout.finalValues() : CsvLayout.states(OneBatch.LABELS);
        new CsvResults(visitor -> batch.show(results, visitor), layout, options).write(target);
        return target.toString(UTF_8);
    }
}
