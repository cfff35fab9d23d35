package dev.datapipeline.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    enum Colour {
        RED,
        GREEN
    }

    record Inner(@Nullable String text, int number) {}

    record Outer(
            int size,
            @Nullable Integer limit,
            @Nullable Boolean flag,
            @Nullable Double share,
            @Nullable String name,
            @Nullable UUID id,
            @Nullable Colour colour,
            @Nullable List<Inner> inner) {}

    private final JsonDocuments documents = new JsonDocuments(mapper());

    @Test
    void readsRightTypes() throws IOException {
        Outer outer = read("""
                {"size": 1, "limit": null, "flag": true, "share": 5, "name": "n", "colour": "RED",
                 "id": "00000000-0000-0000-0000-000000000001", "inner": [{"text": "t", "number": 2}]}""");

        assertEquals(new Outer(1, null, true, 5.0, "n", new UUID(0, 1), Colour.RED, List.of(new Inner("t", 2))), outer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"size": "10"}                              | /size           | must be an integer
                    {"size": 1.5}                               | /size           | must be an integer
                    {"size": 1.0}                               | /size           | must be an integer
                    {"size": true}                              | /size           | must be an integer
                    {"size": null}                              | /size           | must be an integer
                    {"size": []}                                | /size           | must be an integer
                    {"limit": "5"}                              | /limit          | must be an integer
                    {"limit": ""}                               | /limit          | must be an integer
                    {"flag": "true"}                            | /flag           | must be true or false
                    {"flag": 1}                                 | /flag           | must be true or false
                    {"share": "0.5"}                            | /share          | must be a number
                    {"name": 5}                                 | /name           | must be a string
                    {"name": 1.5}                               | /name           | must be a string
                    {"name": true}                              | /name           | must be a string
                    {"name": {}}                                | /name           | must be a string
                    {"id": "7"}                                 | /id             | must be a UUID
                    {"id": ""}                                  | /id             | must be a UUID
                    {"colour": "BLUE"}                          | /colour         | must be one of RED, GREEN
                    {"colour": "red"}                           | /colour         | must be one of RED, GREEN
                    {"colour": 0}                               | /colour         | must be one of RED, GREEN
                    {"colour": ""}                              | /colour         | must be one of RED, GREEN
                    {"inner": {}}                               | /inner          | must be an array
                    {"inner": "x"}                              | /inner          | must be an array
                    {"inner": [{"number": 1}, {"number": "x"}]} | /inner/1/number | must be an integer
                    {"inner": [5]}                              | /inner/0        | must be an object
                    {"inner": [""]}                             | /inner/0        | must be an object
                    """)
    void wrongTypesAreRejectedWithTheirPlace(String json, String pointer, String message) {
        ProblemException rejected = assertThrows(ProblemException.class, () -> read(json));

        assertEquals(ProblemType.WRONG_TYPE, rejected.type());
        assertEquals(List.of(new FieldError(pointer, message)), rejected.errors());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"size": 1, "sise": 2}                  | UNKNOWN_FIELD
                    {"inner": [{"number": 1, "odd": 1}]}    | UNKNOWN_FIELD
                    {"size": 2147483648}                    | OUT_OF_RANGE
                    {"size": 9223372036854775808}           | OUT_OF_RANGE
                    {"size": 1, "size": 2}                  | DUPLICATE_KEY
                    {"inner": [{"text": "", "text": ""}]}   | DUPLICATE_KEY
                    {"size": 1} {}                          | INVALID_JSON
                    {"size": 1} x                           | INVALID_JSON
                    {"size": 1,}                            | INVALID_JSON
                    {"size": 1                              | INVALID_JSON
                    {'size': 1}                             | INVALID_JSON
                    {"size": NaN}                           | INVALID_JSON
                    {"size": 01}                            | INVALID_JSON
                    {"size": 1} // comment                  | INVALID_JSON
                    []                                      | WRONG_TYPE
                    5                                       | WRONG_TYPE
                    "text"                                  | WRONG_TYPE
                    null                                    | EMPTY_BODY
                    """)
    void brokenDocumentsAreRejected(String json, ProblemType type) {
        ProblemException rejected = assertThrows(ProblemException.class, () -> read(json));

        assertEquals(type, rejected.type());
    }

    @Test
    void pointersAreEscaped() {
        ProblemException rejected =
                assertThrows(ProblemException.class, () -> read("{\"inner\": [{\"number\": 1, \"a/b~c\": 1}]}"));

        assertEquals("/inner/0/a~1b~0c", rejected.errors().getFirst().pointer());
    }

    @Test
    void namesMayHaveHalfOfASurrogatePair() throws IOException {
        byte[] json = "{\"\\ud83d\": \"é😀\", \"\\uDC00b\": 2}".getBytes(StandardCharsets.UTF_8);

        JsonNode read = documents.read(JsonCharacters.of(json), JsonNode.class);

        assertTrue(JsonCharacters.areNeeded(Buffer.buffer(json)));
        assertEquals("é😀", read.get("\ud83d").textValue());
        assertEquals(2, read.get("\udc00b").intValue());
    }

    @Test
    void pointersCanBeWritten() {
        byte[] json = "{\"size\": 1, \"a\\ud83d\": 1}".getBytes(StandardCharsets.UTF_8);

        ProblemException rejected =
                assertThrows(ProblemException.class, () -> documents.read(JsonCharacters.of(json), Outer.class));

        assertEquals(ProblemType.UNKNOWN_FIELD, rejected.type());
        assertEquals("/a\ufffd", rejected.errors().getFirst().pointer());
    }

    @Test
    void readsUtf8Only() {
        byte[] latin = "{\"\\ud83d\": \"\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1);

        ProblemException rejected = assertThrows(ProblemException.class, () -> JsonCharacters.of(latin));

        assertEquals(ProblemType.INVALID_ENCODING, rejected.type());
    }

    @Test
    void brokenJsonHasLineAndColumn() {
        ProblemException rejected = assertThrows(ProblemException.class, () -> read("{\n  \"size\": }"));

        assertEquals("The JSON cannot be read (line 2, column 11).", rejected.detail());
    }

    @Test
    void deepNestingIsRejectedFast() {
        ProblemException rejected = assertThrows(
                ProblemException.class,
                () -> documents.read(
                        new ByteArrayInputStream("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)),
                        JsonNode.class));

        assertEquals(ProblemType.TOO_DEEP, rejected.type());
    }

    @Test
    void otherEncodingsAreRejected() {
        byte[] latin = "{\"name\": \"\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1);

        ProblemException rejected = assertThrows(
                ProblemException.class, () -> documents.read(new ByteArrayInputStream(latin), Outer.class));

        assertEquals(ProblemType.INVALID_ENCODING, rejected.type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"size\": []}", "{\"inner\": [[]]}", "{\"colour\": {}}", "{\"nothing\": 1}", "{\"size\": x}"})
    void noAnswerNamesAClass(String json) {
        ProblemException rejected = assertThrows(ProblemException.class, () -> read(json));

        String told = rejected.detail() + rejected.errors();
        assertFalse(told.contains("java.") || told.contains("dev.datapipeline.http") || told.contains("Outer"), told);
    }

    private Outer read(String json) throws IOException {
        return documents.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Outer.class);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }
}
