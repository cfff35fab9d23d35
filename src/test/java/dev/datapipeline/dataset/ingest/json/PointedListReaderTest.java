package dev.datapipeline.dataset.ingest.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.IngestLimits;
import dev.datapipeline.dataset.ingest.Reading;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FilePart;
import dev.datapipeline.dataset.ingest.format.JsonPointer;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.problem.Position;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointedListReaderTest {
    private static UploadHints at(String pointer) {
        return new UploadHints(List.of(), null, JsonPointer.parse(pointer), FilePart.ANY);
    }

    private static Reading read(String upload, String pointer) {
        return Reading.hinted(upload, at(pointer));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "/features {\"type\":\"x\",\"features\":[{\"a\":1},{\"a\":2}],\"more\":[[{}],{\"features\":1}]}",
                "/result/items {\"items\":[{}],\"result\":{\"n\":1,\"items\":[{\"a\":1},{\"a\":2}]}}",
                "/a~1b/~0~1 {\"a/b\":{\"~/\":[{\"a\":1},{\"a\":2}]}}",
                "/1/x [{\"x\":[{}]},{\"x\":[{\"a\":1},{\"a\":2}]},7]",
                "/ {\"\":[{\"a\":1},{\"a\":2}]}",
                "/é {\"\\u00e9\":[{\"a\":1},{\"a\":2}]}",
                "/0 [[{\"a\":1},{\"a\":2}],null]"
            })
    void recordsAreThoseOfTheList(String pointer, String upload) {
        Reading reading = read(upload, pointer);

        assertNull(reading.problem(), reading::toString);
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), reading.texts());
        assertEquals(DatasetFormat.JSON, reading.format());
    }

    @Test
    void emptyPointerIsTheDocument() {
        assertEquals(List.of("{}"), read("[{}]", "").texts());
        assertEquals(List.of("{}"), read("{}\n", "").texts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/b|{\"a\":[{}],\"c\":{},\"d\":1}|an object with \"a\" (a list), \"c\" (an object), \"d\"",
                "/a|{\"a\":{\"x\":[{}]}}|\"/a\" is an object with \"x\" (a list)",
                "/a|{\"a\":\"text\"}|\"/a\" is a text",
                "/a/b|{\"a\":1.5}|\"/a\" is a number",
                "/5|[{},{}]|the top of the document, which is a list of 2 elements",
                "/a/01|{\"a\":[{},{}]}|a list of 2 elements",
                "/a|{}|an object with nothing in it",
                "/a|a,b\\n1,2|Expected a value"
            })
    void whatIsThereInsteadIsSaid(String pointer, String upload, String said) {
        Reading reading = read(upload, pointer);

        assertTrue(String.valueOf(reading.detail()).contains(said), reading::toString);
    }

    @Test
    void pointerWithoutAListIsRejected() {
        assertEquals(ProblemType.NOT_A_RECORD_LIST, read("{\"a\":[{}]}", "/b").problem());
        assertEquals(ProblemType.NOT_A_RECORD_LIST, read("{\"a\":1}", "/a").problem());
        assertEquals(ProblemType.NOT_A_RECORD_LIST, read("{\"a\":[1]}", "/a").problem());
        assertEquals(ProblemType.NOT_A_RECORD_LIST, read("a,b\n1,2\n", "/a").problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":NaN,\"a\":[{}]}",
                "{\"x\":[1,],\"a\":[{}]}",
                "{\"a\":[{}],\"x\":01}",
                "{\"a\":[{}],\"x\":{\"y\" 1}}",
                "{\"a\":[{}],}",
                "{\"a\":[{}]",
                "{\"a\":[{}]}]",
                "{\"a\":[{}]} {\"a\":[{}]}",
                "{'x':1,\"a\":[{}]}"
            })
    void documentAroundTheListIsCheckedToo(String upload) {
        assertEquals(ProblemType.INVALID_JSON, read(upload, "/a").problem(), upload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":1,\"x\":2,\"a\":[{}]}",
                "{\"a\":[{}],\"b\":{\"x\":1,\"\\u0078\":2}}",
                "{\"a\":[{}],\"a\":[{}]}",
                "{\"x\":[{\"y\":[],\"y\":[]}],\"a\":[{}]}"
            })
    void namesStandOnceAroundTheListToo(String upload) {
        assertEquals(ProblemType.DUPLICATE_KEY, read(upload, "/a").problem(), upload);
    }

    @Test
    void problemHasItsPosition() {
        assertEquals(
                new Position(1, 2, 19, 20),
                read("{\n\"a\":[{\"b\":1},{\"b\":}]}", "/a").position());
    }

    @Test
    void depthCountsAroundTheListToo() {
        String deep = "[".repeat(501) + "]".repeat(501);

        assertEquals(
                ProblemType.TOO_DEEP,
                read("{\"x\":" + deep + ",\"a\":[{}]}", "/a").problem());
    }

    @Test
    void holdsNeitherTheListNorItsSurroundings() {
        IngestLimits limits = new IngestLimits(1L << 30, 100, 500, 200, 0);
        String other = "[" + "{\"x\":[1,2,{\"y\":null}]},".repeat(20_000) + "0]";
        String upload =
                "{\"before\":" + other + ",\"a\":[" + "{\"b\":1},".repeat(20_000) + "{}],\"after\":" + other + "}";

        Reading reading = Reading.of(upload.getBytes(StandardCharsets.UTF_8), at("/a"), 1000, 64, limits);

        assertNull(reading.problem(), reading::toString);
        assertEquals(20_001, reading.records().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"features", "#/a", "/a~", "/~2", "a/b", "/a/~"})
    void rejectsInvalidPointers(String text) {
        assertEquals(
                ProblemType.INVALID_PARAMETER,
                assertThrows(ProblemException.class, () -> JsonPointer.parse(text))
                        .type());
    }
}
