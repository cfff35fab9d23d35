package dev.datapipeline.dataset.ingest.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.dataset.ingest.Reading;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldSummaryTest {
    private static List<DatasetField> fieldsOf(String... records) {
        return Reading.of(String.join("\n", records), DatasetFormat.NDJSON).fields();
    }

    private static DatasetField field(String name, long present, JsonType... types) {
        return new DatasetField(name, List.of(types), present);
    }

    @Test
    void reportsEveryType() {
        assertEquals(
                List.of(
                        field("integer", 1, JsonType.INTEGER),
                        field("number", 1, JsonType.NUMBER),
                        field("power", 1, JsonType.NUMBER),
                        field("string", 1, JsonType.STRING),
                        field("yes", 1, JsonType.BOOLEAN),
                        field("no", 1, JsonType.BOOLEAN),
                        field("nothing", 1, JsonType.NULL),
                        field("object", 1, JsonType.OBJECT),
                        field("array", 1, JsonType.ARRAY)),
                fieldsOf("{\"integer\":-12,\"number\":1.0,\"power\":1e3,\"string\":\"1\",\"yes\":true,\"no\":false,"
                        + "\"nothing\":null,\"object\":{\"inner\":1},\"array\":[{\"inner\":1}]}"));
    }

    @Test
    void fieldsAreCountedInAnyOrder() {
        assertEquals(
                List.of(
                        field("a", 4, JsonType.INTEGER, JsonType.STRING),
                        field("b", 3, JsonType.INTEGER),
                        field("c", 2, JsonType.NULL)),
                fieldsOf(
                        "{\"a\":1,\"b\":1}",
                        "{\"b\":1,\"a\":\"x\"}",
                        "{\"c\":null,\"a\":1}",
                        "{}",
                        "{\"a\":1,\"b\":2,\"c\":null}"));
    }

    @Test
    void escapedNameIsTheSameField() {
        assertEquals(List.of(field("é", 2, JsonType.INTEGER)), fieldsOf("{\"é\":1}", "{\"\\u00e9\":1}"));
    }

    @Test
    void namesAreExact() {
        assertEquals(
                List.of("a\0", "\ud800b", "😀"),
                fieldsOf("{\"a\\u0000\":1,\"\\ud800b\":2,\"\\ud83d\\ude00\":3}").stream()
                        .map(DatasetField::name)
                        .toList());
    }

    @Test
    void atMostAThousandNamesAreHeld() {
        String record =
                IntStream.range(0, 1_500).mapToObj("\"f%d\":1"::formatted).collect(Collectors.joining(",", "{", "}"));

        List<DatasetField> fields = fieldsOf(record, record, "{\"" + "long".repeat(1000) + "\":1}");

        assertEquals(1_000, fields.size());
        assertEquals(field("f0", 2, JsonType.INTEGER), fields.getFirst());
        assertEquals(field("f999", 2, JsonType.INTEGER), fields.getLast());
    }
}
