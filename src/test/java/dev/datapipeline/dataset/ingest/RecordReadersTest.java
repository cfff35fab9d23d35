package dev.datapipeline.dataset.ingest;

import static dev.datapipeline.dataset.ingest.format.DatasetFormat.JSON;
import static dev.datapipeline.dataset.ingest.format.DatasetFormat.NDJSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReadersTest {
    private static void assertRecords(
            String upload, @Nullable DatasetFormat declared, DatasetFormat found, String... records) {
        Reading reading = Reading.of(upload, declared);

        assertNull(reading.problem(), reading::toString);
        assertEquals(List.of(records), reading.texts());
        assertEquals(found, reading.format());
    }

    private static void assertRejected(ProblemType problem, String upload, @Nullable DatasetFormat declared) {
        assertEquals(problem, Reading.of(upload, declared).problem(), upload);
    }

    @Test
    void readsTheObjectsOfAnArray() {
        assertRecords(" [ {\"a\":1} , {\"b\":2},{}] \n", JSON, JSON, "{\"a\":1}", "{\"b\":2}", "{}");
        assertRecords("[{\"a\":1},{\"b\":2}]", null, JSON, "{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void singleObjectIsOneRecord() {
        assertRecords("{\"a\":1}", JSON, JSON, "{\"a\":1}");
        assertRecords("\n{\n  \"a\": [\n    1,\n    2\n  ]\n}\n", JSON, JSON, "{\"a\": [1,2]}");
        assertRecords("\n{\n  \"a\": [\n    1,\n    2\n  ]\n}\n", null, JSON, "{\"a\": [1,2]}");
    }

    @Test
    void readsOneObjectPerLine() {
        assertRecords("{\"a\":1}\n\n \t\r\n  {\"b\": 2} \r\n{}", NDJSON, NDJSON, "{\"a\":1}", "{\"b\": 2}", "{}");
        assertRecords("{\"a\":1}\n{\"b\":2}\n", null, NDJSON, "{\"a\":1}", "{\"b\":2}");
        assertRecords("{\"a\":1}", NDJSON, NDJSON, "{\"a\":1}");
        assertRecords("{\"a\":1}\n\n\n", null, JSON, "{\"a\":1}");
    }

    @Test
    void recordsKeepTheirBytesButForLineBreaks() {
        String integer = "1234567890".repeat(4);

        assertRecords(
                "[{\"n\":1.10,\r\n\t\"i\" : " + integer + " ,\n  \"z\":\"\\u00e9\\n \\\"é\",\"a\":-0.0e+00}]",
                JSON,
                JSON,
                "{\"n\":1.10,\"i\" : " + integer + " ,\"z\":\"\\u00e9\\n \\\"é\",\"a\":-0.0e+00}");
    }

    @Test
    void byteOrderMarkIsDroppedOnce() {
        assertRecords("\uFEFF[{\"a\":1}]", JSON, JSON, "{\"a\":1}");
        assertRecords("\uFEFF{\"a\":1}", NDJSON, NDJSON, "{\"a\":1}");
        assertRejected(ProblemType.INVALID_JSON, "\uFEFF\uFEFF[]", JSON);
        assertRejected(ProblemType.INVALID_JSON, "{\"a\":1}\n\uFEFF\uFEFF{\"a\":1}", NDJSON);
        assertRejected(ProblemType.EMPTY_BODY, "\uFEFF", JSON);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"JSON", "NDJSON", "CSV"})
    void nothingIsRejected(@Nullable DatasetFormat format) {
        assertRejected(ProblemType.EMPTY_BODY, "", format);
        assertRejected(ProblemType.EMPTY_BODY, "\r\n\n", format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "true", "null", "[1]", "[{},null]", "[[]]", "[[{}]]", "-0.5"})
    void rejectsValuesThatAreNotObjects(String upload) {
        assertRejected(ProblemType.NOT_A_RECORD_LIST, upload, JSON);
        assertRejected(ProblemType.NOT_A_RECORD_LIST, upload, null);
        assertRejected(ProblemType.NOT_A_RECORD_LIST, upload, NDJSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{}",
                "[{},",
                "[{},]",
                "[,{}]",
                "[{} {}]",
                "[{}]]",
                "[{}] x",
                "[{}][{}]",
                "[{}],",
                "{}]",
                "{} x",
                "{},{}",
                "[{\"a\":1}]\u0000",
                "NaN",
                "[NaN]",
                "hello",
                "'a'",
                "// comment\n[{}]",
                "[{}] // comment",
                "<html></html>",
                "key: 1\nother: 2",
                "'a', 'b'",
                "<a>, <b>\n<c>, <d>"
            })
    void whatIsNoJsonIsRejected(String upload) {
        assertRejected(ProblemType.INVALID_JSON, upload, JSON);
        assertRejected(ProblemType.INVALID_JSON, upload, null);
    }

    @Test
    void secondObjectOnALineIsRejectedWhereLinesEndObjects() {
        assertRejected(ProblemType.INVALID_JSON, "{\"a\":1}\n{\"a\":2} {\"a\":3}\n", NDJSON);
        assertRejected(ProblemType.INVALID_JSON, "{\"a\":1}\n{\"a\":2}{\"a\":3}\n", null);
    }

    @Test
    void badLineIsNamed() {
        String good = "{\"a\":1}\n".repeat(6);

        assertEquals(
                new Position(6, 7, 9, 56),
                Reading.of(good + "{\"a\":1, }\n" + good, NDJSON).position());
        assertEquals(
                new Position(6, 7, 7, 54),
                Reading.of(good + "{\"a\":1\n" + good, NDJSON).position());
    }

    @Test
    void problemInAnArrayNamesRecordLineColumnAndByte() {
        Reading reading = Reading.of("[{\"a\": 1},\n{\"a\": }]", JSON);

        assertEquals(ProblemType.INVALID_JSON, reading.problem());
        assertEquals(new Position(1, 2, 7, 17), reading.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsAreRejected(String charset) {
        byte[] upload = "[{\"a\":1}]".getBytes(Charset.forName(charset));

        for (DatasetFormat format : DatasetFormat.values()) {
            assertEquals(
                    ProblemType.INVALID_ENCODING, Reading.of(upload, format).problem());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "504b030414000000, zip",
        "1f8b080000000000, gzip",
        "89504e470d0a1a0a, PNG",
        "255044462d312e37, PDF",
        "ffd8ffe000104a46, JPEG",
        "28b52ffd04585d00, zstd",
        "4749463839610100, GIF"
    })
    void otherKindsOfFilesAreRejectedByContent(String magic, String kind) {
        Reading reading = Reading.of(HexFormat.of().parseHex(magic), null);

        assertEquals(ProblemType.UNSUPPORTED_TYPE, reading.problem());
        assertTrue(String.valueOf(reading.detail()).contains(kind), reading::toString);
    }

    @Test
    void recordBeyondItsLimitIsRejected() {
        IngestLimits limits = new IngestLimits(1L << 20, 100, 500, 200, 0);
        String fits = "{\"a\":\"" + "x".repeat(92) + "\"}";
        String tooLong = "{\"a\":\"" + "x".repeat(93) + "\"}";

        for (int window : new int[] {16, 64, 99, 100, 101, 4096}) {
            Reading good = Reading.of(ascii("[" + fits + "," + fits + "]"), JSON, 50, window, limits);
            assertEquals(List.of(fits, fits), good.records());

            Reading bad = Reading.of(ascii("[" + fits + "," + tooLong + "]"), JSON, 50, window, limits);
            assertEquals(ProblemType.RECORD_TOO_LARGE, bad.problem());
            assertEquals(1, bad.position() == null ? -1 : bad.position().record());
        }
    }

    @Test
    void spaceBetweenRecordsIsNotHeld() {
        IngestLimits limits = new IngestLimits(1L << 30, 100, 500, 200, 0);
        String space = " \n".repeat(100_000);

        Reading reading = Reading.of(
                ascii(space + "[" + space + "{}" + space + "," + space + "{}" + space + "]" + space),
                JSON,
                1000,
                64,
                limits);

        assertEquals(List.of("{}", "{}"), reading.records());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
