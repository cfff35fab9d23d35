package dev.datapipeline.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.result.ResultBytes;
import dev.datapipeline.run.BatchOutcome.Broken;
import dev.datapipeline.run.BatchStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        new CsvResults(visitor -> batch.showUnfinished(BatchStatus.FAILED, broken, visitor), OneBatch.LABELS, false)
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain           | plain",
                "a,b             | `\"a,b\"`",
                "say \\\"hi\\\"  | `\"say \"\"hi\"\"\"`",
                "two\\nlines     | `\"two\nlines\"`",
                "=1+1            | '=1+1",
                "+49             | '+49",
                "-1              | '-1",
                "@cmd            | '@cmd",
                "\\tx            | `'\tx`",
                "\\rx            | `\"'\rx\"`",
                "\\nx            | `\"'\nx\"`",
                "a=b             | a=b",
                "\\u00e9\\ud834\\udd1e | é𝄞"
            })
    void textsAreQuotedAndHarmless(String text, String cell) throws IOException {
        String value = "{\"a\":\"" + text + "\"}";

        assertEquals("a\r\n" + cell + "\r\n", finalValues(new ResultBytes().succeeded("{}", value), "{}"));
    }

    @Test
    void namesOfColumnsAreQuotedAndHarmlessToo() throws IOException {
        String value = "{\"=cmd()\":1,\"a,b\":2,\"\":3}";

        assertEquals("'=cmd(),\"a,b\",\r\n1,2,3\r\n", finalValues(new ResultBytes().succeeded("{}", value), "{}"));
    }

    @Test
    void deepValuesAreWritten() throws IOException {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertEquals(
                "a\r\n" + deep + "\r\n", finalValues(new ResultBytes().succeeded("{}", "{\"a\":" + deep + "}"), "{}"));
    }

    @Test
    void moreColumnsThanASpreadsheetTakesAreRefusedBeforeAnythingIsWritten() {
        String value = IntStream.rangeClosed(0, CsvResults.MOST_COLUMNS)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        OneBatch batch = new OneBatch("{}");

        ProblemException refusal = assertThrows(
                ProblemException.class,
                () -> new CsvResults(
                                visitor -> batch.show(new ResultBytes().succeeded("{}", value), visitor),
                                OneBatch.LABELS,
                                true)
                        .write(target));

        assertEquals(ProblemType.OUT_OF_RANGE, refusal.type());
        assertEquals(0, target.size());
    }

    private static String finalValues(ResultBytes results, String... raws) throws IOException {
        return csv(true, results, raws);
    }

    private static String states(ResultBytes results, String... raws) throws IOException {
        return csv(false, results, raws);
    }

    private static String csv(boolean isFinal, ResultBytes results, String... raws) throws IOException {
        OneBatch batch = new OneBatch(raws);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        new CsvResults(visitor -> batch.show(results, visitor), OneBatch.LABELS, isFinal).write(target);
        return target.toString(UTF_8);
    }
}
