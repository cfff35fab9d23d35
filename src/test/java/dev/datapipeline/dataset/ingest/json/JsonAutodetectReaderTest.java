package dev.datapipeline.dataset.ingest.json;

import static dev.datapipeline.dataset.ingest.format.DatasetFormat.CSV;
import static dev.datapipeline.dataset.ingest.format.DatasetFormat.JSON;
import static dev.datapipeline.dataset.ingest.format.DatasetFormat.NDJSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.IngestLimits;
import dev.datapipeline.dataset.ingest.Reading;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.RecordList;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAutodetectReaderTest {
    private static final String ONE = "{\"a\":1}";
    private static final String TWO = "{\"a\":2}";

    private static Reading read(String upload, @Nullable DatasetFormat claimed) {
        Reading reading = Reading.of(upload, claimed);
        assertNull(reading.problem(), reading::toString);
        return reading;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ONE + "\n" + TWO,
                ONE + "\r" + TWO + "\r",
                ONE + TWO,
                ONE + " " + TWO,
                "{\"a\":\n1}\n{\n\"a\":2}\n",
                "{\n\"a\":1\n}" + TWO,
                ONE + "\n{\"a\":\n2}",
                "\u001E" + ONE + "\n\u001E" + TWO + "\n",
                "\uFEFF" + ONE + "\n\uFEFF" + TWO,
                ONE + "\uFEFF" + TWO,
                "[" + ONE + "]\n[" + TWO + "]\n",
                "[" + ONE + "]\uFEFF[" + TWO + "]",
                "[]\n[" + ONE + "]\n" + TWO
            })
    void everyObjectIsARecordHoweverTheyFollowEachOther(String upload) {
        for (DatasetFormat claimed : DatasetFormat.values()) {
            Reading reading = read(upload, claimed);

            assertEquals(List.of(ONE, TWO), reading.texts());
            assertEquals(NDJSON, reading.format());
        }
        assertEquals(List.of(ONE, TWO), read(upload, null).texts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[" + ONE + "," + TWO + "]", "[\n  {\n    \"a\":1\n  },\n  {\"a\":2}\n]\n"})
    void readsAListWhateverItsType(String upload) {
        for (DatasetFormat claimed : DatasetFormat.values()) {
            Reading reading = read(upload, claimed);

            assertEquals(List.of(ONE, TWO), reading.texts());
            assertEquals(JSON, reading.format());
        }
    }

    @Test
    void notesWhereContentAndClaimDisagree() {
        assertEquals(
                List.of(
                        "The test says one JSON object per line (NDJSON), but the content is one JSON list and was read as that."),
                read("[" + ONE + "]", NDJSON).notes());
        assertEquals(
                List.of(
                        "The test says JSON, but the content is one JSON object per line (NDJSON) and was read as that."),
                read(ONE + "\n" + TWO, JSON).notes());
        assertEquals(
                List.of("The test says a table (CSV), but the content is one JSON list and was read as that."),
                read("[" + ONE + "]", CSV).notes());
        assertEquals(List.of(), read(ONE + "\n" + TWO, NDJSON).notes());
        assertEquals(List.of(), read(ONE + "\n" + TWO, null).notes());
        assertEquals(List.of(), read(ONE, NDJSON).notes());
    }

    @Test
    void lineBreaksInRecordsAreRemoved() {
        Reading reading = read("{\"a\":1}\n{ \"n\" : 1.10,\r\n \"s\":\"\\u00e9 \\n\" }\n", NDJSON);

        assertEquals(List.of(ONE, "{ \"n\" : 1.10,\"s\":\"\\u00e9 \\n\" }"), reading.texts());
    }

    @Test
    void problemNamesTheLineOnWhichAnObjectDoesNotEnd() {
        Reading reading = Reading.of((ONE + "\n").repeat(6) + "{\"a\":1\r\n" + TWO + "\n", NDJSON);

        assertEquals(ProblemType.INVALID_JSON, reading.problem());
        assertEquals(new Position(6, 7, 7, 54), reading.position());
    }

    @Test
    void problemInADocumentOverSeveralLinesIsNamedByItsPlace() {
        Reading reading = Reading.of("{\n  \"a\": 1,\n  \"b\": oops\n}\n", JSON);

        assertEquals(new Position(0, 3, 8, 19), reading.position());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ONE + "," + TWO,
                "[{}][{}]",
                "[{}] {}",
                "{}[{}]",
                "[{}]\nx",
                "[{}]\n,",
                ONE + "\n]",
                "\u001E\u0002"
            })
    void whatFollowsWithoutRuleIsRejected(String upload) {
        assertEquals(ProblemType.INVALID_JSON, Reading.of(upload, JSON).problem(), upload);
        assertEquals(ProblemType.INVALID_JSON, Reading.of(upload, NDJSON).problem(), upload);
    }

    @Test
    void firstLineMayBeAsLongAsARecord() {
        String record = "{\"a\":\"" + "x".repeat(500_000) + "\"}";

        assertEquals(
                List.of(record, ONE), read(record + "\n" + ONE + "\n", JSON).texts());
    }

    @Test
    void documentAroundAListIsOneRecordThatSaysSo() {
        Reading reading = read("{\"type\":\"x\",\"a\":[1],\"b/c\":{\"~\":[{},{\"d\":[{},{},{}]}]},\"e\":[{}]}", JSON);

        assertEquals(1, reading.records().size());
        assertEquals(
                List.of(new RecordList("/b~1c/~0", 2), new RecordList("/e", 1)),
                reading.readAs() == null ? null : reading.readAs().recordLists());
        assertEquals(
                List.of(
                        "The upload is one object, which counts as one record. It holds a list of 2 objects at \"/b~1c/~0\": "
                                + "upload it with the parameter records=/b~1c/~0 to make each of them a record."),
                reading.notes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2],\"b\":[3,4]}",
                "{\"a\": [\"x\", [1, {}]], \"b\": [null, true]}",
                "{\"a\":{\"0\":1,\"1\":2},\"b\":{\"0\":3,\"1\":4}}"
            })
    void tableByColumnsIsOneRecordThatSaysSo(String upload) {
        Reading reading = read(upload, null);

        assertEquals(List.of(upload), reading.texts());
        assertTrue(reading.notes().getFirst().contains("by columns, with 2 columns of 2 values"), reading::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,2],\"b\":[3]}",
                "{\"a\":[1]}",
                "{\"a\":1,\"b\":[{},1],\"c\":[]}",
                "{}",
                "{\"a\":{\"b\":1},\"c\":{\"d\":1}}"
            })
    void otherObjectsAreOneRecordWithoutAWord(String upload) {
        assertEquals(List.of(), read(upload, JSON).notes());
    }

    @Test
    void tooLargeDocumentNamesItsList() {
        IngestLimits limits = new IngestLimits(1L << 20, 1_000, 500, 200, 0);
        String upload = "{\"kind\":\"x\",\"data\":{\"rows\":[" + "{\"a\":1},".repeat(10_000) + "{}]}}";

        Reading reading = Reading.of(upload.getBytes(StandardCharsets.UTF_8), JSON, 1 << 20, 4096, limits);

        assertEquals(ProblemType.RECORD_TOO_LARGE, reading.problem());
        assertTrue(String.valueOf(reading.detail()).contains("records=/data/rows"), reading::toString);
    }
}
