package dev.datapipeline.dataset.ingest.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.JsonSamples;
import dev.datapipeline.dataset.ingest.Reading;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JsonScannerTest {
    static final List<String> VALID = JsonSamples.VALID;
    static final List<String> INVALID = JsonSamples.INVALID;
    static final List<String> DUPLICATES = JsonSamples.DUPLICATES;
    static final List<String> MALFORMED = JsonSamples.MALFORMED;

    private static Reading readInRecord(String value) {
        return Reading.of(("[{\"value\":" + value + "}]").getBytes(StandardCharsets.ISO_8859_1), DatasetFormat.JSON);
    }

    @ParameterizedTest
    @FieldSource("VALID")
    void validValueIsKeptByteForByte(String value) {
        Reading reading = readInRecord(value);

        assertNull(reading.problem(), reading::toString);
        assertEquals(List.of("{\"value\":" + value + "}"), reading.records());
    }

    @ParameterizedTest
    @FieldSource("INVALID")
    void invalidValueIsRejected(String value) {
        Reading reading = readInRecord(value);

        assertTrue(
                reading.problem() == ProblemType.INVALID_JSON || reading.problem() == ProblemType.INVALID_ENCODING,
                reading::toString);
        assertNotNull(reading.position());
    }

    @ParameterizedTest
    @FieldSource("DUPLICATES")
    void nameThatStandsTwiceIsRejected(String value) {
        assertEquals(ProblemType.DUPLICATE_KEY, readInRecord(value).problem());
    }

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void malformedUtf8IsRejected(String value) {
        assertEquals(ProblemType.INVALID_ENCODING, readInRecord(value).problem());
    }

    @Test
    void everyTruncationIsRejected() {
        String whole = "[{\"a\":\"\\u00e9\u00e9\",\"b\":[1.5e3,true,null,{}]}]";
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);

        for (int length = 1; length < bytes.length; length++) {
            Reading reading = Reading.of(Arrays.copyOf(bytes, length), DatasetFormat.JSON);
            assertNotNull(reading.problem(), "the first " + length + " bytes pass");
        }
    }

    @Test
    void problemIsWhereTheMalformedCharacterBegins() {
        byte[] upload =
                "[{\"a\":\"x\u00C3\u00A9\"},\n {\"b\":\"\u00E2\u0082 \"}]".getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(
                new Position(1, 2, 8, 21),
                Reading.of(upload, DatasetFormat.JSON).position());
    }

    @Test
    void duplicateIsWhereTheSecondNameBegins() {
        Reading reading = Reading.of("[\n{\"id\":1,\"name\":2,\n  \"id\":3}]", DatasetFormat.JSON);

        assertEquals(new Position(0, 3, 3, 22), reading.position());
    }

    @Test
    void limitsDepth() {
        assertNull(readInRecord("[".repeat(499) + "]".repeat(499)).problem());
        assertEquals(
                ProblemType.TOO_DEEP,
                readInRecord("[".repeat(500) + "]".repeat(500)).problem());
        assertEquals(
                ProblemType.TOO_DEEP,
                readInRecord("{\"a\":".repeat(500) + "1" + "}".repeat(500)).problem());
    }

    @Test
    void rejectsAHundredThousandBracketsAtOnce() {
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> {
            assertEquals(
                    ProblemType.TOO_DEEP,
                    Reading.of("[".repeat(100_000), DatasetFormat.JSON).problem());
            assertEquals(
                    ProblemType.TOO_DEEP,
                    Reading.of("{\"a\":".repeat(100_000), DatasetFormat.JSON).problem());
        });
    }

    @Test
    void comparesManyNamesQuickly() {
        String names =
                IntStream.range(0, 90_000).mapToObj("\"f%d\":0"::formatted).collect(Collectors.joining(","));

        Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            assertNull(Reading.of("{" + names + "}", null).problem());
            assertEquals(
                    ProblemType.DUPLICATE_KEY,
                    Reading.of("{" + names + ",\"f7\":1}", null).problem());
        });
    }

    @Test
    void objectWithTooManyNamesIsRejected() {
        String names =
                IntStream.range(0, 100_001).mapToObj("\"%x\":0"::formatted).collect(Collectors.joining(","));

        Reading reading = readInRecord("{" + names + "}");

        assertEquals(ProblemType.RECORD_TOO_LARGE, reading.problem());
    }

    @Test
    void nameBeyondItsLimitIsRejected() {
        assertNull(readInRecord("{\"" + "x".repeat(65_536) + "\":1}").problem());
        assertEquals(
                ProblemType.RECORD_TOO_LARGE,
                readInRecord("{\"" + "x".repeat(65_537) + "\":1}").problem());
    }
}
