package dev.datapipeline.dataset.ingest.csv;

import static dev.datapipeline.dataset.ingest.format.DatasetFormat.CSV;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.IngestLimits;
import dev.datapipeline.dataset.ingest.Reading;
import dev.datapipeline.dataset.ingest.format.DatasetField;
import dev.datapipeline.dataset.ingest.format.JsonType;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
    private static void assertRecords(String upload, String... records) {
        Reading reading = Reading.of(upload, CSV);

        assertNull(reading.problem(), reading::toString);
        assertEquals(List.of(records), reading.texts());
        assertEquals(CSV, reading.format());
    }

    @Test
    void everyLineIsARecordOfStrings() {
        assertRecords(
                "id,name\n1,Ada\n2,Alan\n", "{\"id\":\"1\",\"name\":\"Ada\"}", "{\"id\":\"2\",\"name\":\"Alan\"}");
        assertRecords(
                "id,name\r\n1,Ada\r\n2,Alan", "{\"id\":\"1\",\"name\":\"Ada\"}", "{\"id\":\"2\",\"name\":\"Alan\"}");
        assertRecords("\uFEFFa\n1\n", "{\"a\":\"1\"}");
    }

    @Test
    void quotedValuesMayHoldAnything() {
        assertRecords(
                "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\n",
                "{\"a\":\"x,y\",\"b\":\"say \\\"hi\\\"\"}",
                "{\"a\":\"two\\r\\nlines\",\"b\":\"\"}");
    }

    @Test
    void valuesBecomeJsonStrings() {
        assertRecords(
                "a,\"b\"\"c\"\n\\n\t\u0001 é€😀,null\n, 1.10 \n",
                "{\"a\":\"\\\\n\\t\\u0001 é€😀\",\"b\\\"c\":\"null\"}",
                "{\"a\":\"\",\"b\\\"c\":\" 1.10 \"}");
    }

    @Test
    void skipsEmptyLines() {
        assertRecords("\n\r\na,b\n\n1,2\n\r\n\n", "{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void emptyLineOfASingleColumnIsAnEmptyValue() {
        assertRecords("a\n1\n\n2\n", "{\"a\":\"1\"}", "{\"a\":\"\"}", "{\"a\":\"2\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1\n",
                "a,b\n1,2,3\n",
                "a\n1,2\n",
                "a\nx\"y\n",
                "a\n\"x\"y\n",
                "a\n\"x\n",
                "a\n\"x\"\"",
                "a\n \"x\"\n",
                "a\n1\r2\n",
                "a\n1\r",
                "a\nlong enough\u0000y\n",
                "\"a\"b\n1\n",
                "long enough\u0000,b\n1,2\n",
                "\"a\n1\n"
            })
    void brokenCsvIsRejected(String upload) {
        assertEquals(ProblemType.INVALID_CSV, Reading.of(upload, CSV).problem(), upload);
    }

    @Test
    void raggedLineIsNamed() {
        Reading reading = Reading.of("a,b\n\"1\n2\",3\n4\n", CSV);

        assertEquals(new Position(1, 4, 2, 13), reading.position());
    }

    @Test
    void rejectsDuplicateColumns() {
        assertEquals(
                ProblemType.DUPLICATE_KEY, Reading.of("a,b,\"a\"\n1,2,3\n", CSV).problem());
    }

    @Test
    void malformedUtf8IsRejected() {
        byte[] upload = "name\ncaf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1);

        Reading reading = Reading.of(upload, CSV);

        assertEquals(ProblemType.INVALID_ENCODING, reading.problem());
        assertEquals(new Position(0, 2, 4, 8), reading.position());
    }

    @Test
    void recordBeyondItsLimitIsRejectedAlsoWhenOnlyItsJsonIs() {
        IngestLimits limits = new IngestLimits(1L << 20, 100, 500, 200, 0);

        for (String upload : List.of(
                "a\n" + "x".repeat(101),
                "a\n" + "\u0001".repeat(50),
                "x".repeat(200),
                "x".repeat(90) + ",b\n1,123456")) {
            Reading reading = Reading.of(upload.getBytes(StandardCharsets.UTF_8), CSV, 7, 64, limits);
            assertEquals(ProblemType.RECORD_TOO_LARGE, reading.problem(), upload);
        }
    }

    @Test
    void fieldsAreStringsPresentInEveryRecord() {
        Reading reading = Reading.of("id,name\n1,a\n2,b\n", CSV);

        assertEquals(
                List.of(
                        new DatasetField("id", List.of(JsonType.STRING), 2),
                        new DatasetField("name", List.of(JsonType.STRING), 2)),
                reading.fields());
    }

    @Test
    void byteOrderMarkInsideIsDroppedAndTheHeaderBehindIt() {
        assertRecords("a,b\n1,2\n\uFEFFa,b\n3,4\n", "{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"3\",\"b\":\"4\"}");
        assertRecords("a,b\na,b\n\uFEFF3,4\n", "{\"a\":\"a\",\"b\":\"b\"}", "{\"a\":\"3\",\"b\":\"4\"}");
    }

    @Test
    void separatorsBehindTheLastColumnAreTakenAsLongAsNothingFollows() {
        assertRecords("a,b\n1,2,\n3,4,\"\",,\n", "{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"3\",\"b\":\"4\"}");
        assertRecords("a,b,,\n1,2,,\n3,4\n", "{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"3\",\"b\":\"4\"}");
    }

    @Test
    void oneColumnMayGoWithoutAName() {
        assertRecords(",a\n0,x\n", "{\"\":\"0\",\"a\":\"x\"}");
        assertRecords("a,\nx,\n", "{\"a\":\"x\",\"\":\"\"}");
    }

    @Test
    void lineOfSeparatorsIsARecordOfEmptyValues() {
        Reading reading = Reading.of("a,b\n1,2\n,\n", CSV);

        assertEquals(List.of("{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"\",\"b\":\"\"}"), reading.texts());
        assertEquals(
                List.of("Lines that hold nothing but separators became records with empty values: 1."),
                reading.notes());
    }

    @Test
    void quoteInATabSeparatedValueIsLiteral() {
        assertRecords("a\tb\n5\" pipe\t\"x\ty\"\n", "{\"a\":\"5\\\" pipe\",\"b\":\"x\\ty\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "`id,x,id\n1,2,3\n` @ columns 1 and 3 both \"id\"",
                "`,a,\n1,2,3\n` @ no name for the columns 1, 3",
                "`,,\n1,2,3\n` @ holds 2 separators and nothing else",
                "`a,b,,\n1,2,,x\n` @ a value in a column for which the header has no name",
                "`a;b\n1;2;3\n` @ separated by a semicolon",
                "`a,b,c\n1,2,3\n,\n` @ nothing but 1 separators",
                "`a,b\n1,2\rx\n` @ carriage return",
                "`a;b\n1;2\n\"1\"x;2\n` @ Expected a semicolon"
            })
    void rejectionSaysWhatTheFileHas(String upload, String said) {
        Reading reading = Reading.of(upload, CSV);

        assertTrue(String.valueOf(reading.detail()).contains(said), reading::toString);
    }
}
