package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trying a pipeline on a few records. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class TrialJourneyTest {
    private static final String CHECK = """
            def transform(record):
                print("saw", record)
                if record.get("bad"):
                    raise ValueError("bad one")
                record["ok"] = True
                return record
            """;

    @Test
    void showsRecordsAsARunDoes() {
        String answer = trial(CHECK, "[{\"price\":1.10,\"big\":12345678901234567890123}, {\"bad\":1}]")
                .statusCode(200)
                .body("records", hasSize(2))
                .body("records[0].status", equalTo("SUCCEEDED"))
                .body("records[0].stages[0].value.ok", equalTo(true))
                .body("records[1].status", equalTo("FAILED"))
                .body("records[1].error.message", equalTo("bad one"))
                .body("log", containsString("saw {'price': 1.1, 'big': 12345678901234567890123}"))
                .extract()
                .asString();
        assertTrue(answer.contains("\"raw\":{\"price\":1.10,\"big\":12345678901234567890123}"), answer);
    }

    @Test
    void keysWithHalfOfASurrogatePairAreTried() {
        String answer = trial(CHECK, "[{\"\\ud83d\":1,\"b\\u0000\":[{\"\\udc00\":2}]}]")
                .statusCode(200)
                .body("records[0].status", equalTo("SUCCEEDED"))
                .extract()
                .asString();
        assertTrue(
                answer.toLowerCase(Locale.ROOT)
                        .contains("\"value\":{\"\\ud83d\":1,\"b\\u0000\":[{\"\\udc00\":2}],\"ok\":true}"),
                answer);
    }

    @Test
    void pipelineThatCannotBeLoadedSaysWhy() {
        trial("import no_such_module\n" + CHECK, "[{}]")
                .statusCode(200)
                .body("records", hasSize(0))
                .body("error.message", containsString("no_such_module"))
                .body("error.script", equalTo("main.py"));
    }

    @Test
    void crashIsAnAnswer() {
        trial("import os\ndef transform(record):\n    os._exit(1)\n", "[{}]")
                .statusCode(200)
                .body("records[0].error.type", equalTo("SCRIPT_CRASHED"));
    }

    @Test
    void hundredRecordsAreTheMost() {
        String hundred = IntStream.range(0, 100).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));

        trial(CHECK, hundred).statusCode(200).body("records", hasSize(100));
        trial(CHECK, hundred.replace("]", ",{}]")).statusCode(422).body("code", equalTo("OUT_OF_RANGE"));
    }

    @Test
    void longRecordsAreTriedAndTooLongOnesRejected() {
        String million = "x".repeat(3_000_000);
        String long_ = "{\"text\":\"" + million + "\"}";

        trial(RunOrder.UNCHANGED, "[" + long_ + "," + long_ + "]")
                .statusCode(200)
                .body("records", hasSize(2));
        String tooLong = IntStream.range(0, 6)
                .mapToObj(i -> "\"t" + i + "\":\"" + million + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        trial(RunOrder.UNCHANGED, "[" + tooLong + "]")
                .statusCode(413)
                .body("code", equalTo("RECORD_TOO_LARGE"))
                .body("errors[0].pointer", equalTo("/records/0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | 400 | EMPTY_BODY",
                "null                                      | 400 | EMPTY_BODY",
                "[]                                        | 400 | WRONG_TYPE",
                "{}                                        | 422 | MISSING_FIELD",
                "{\"records\":[{}]}                        | 422 | MISSING_FIELD",
                "{\"records\":[{\"a\":1,\"a\":2}]}         | 400 | DUPLICATE_KEY",
                "{\"records\":[NaN]}                       | 400 | INVALID_JSON",
                "{\"records\":{}}                          | 400 | WRONG_TYPE",
                "{\"record\":[{}]}                         | 400 | UNKNOWN_FIELD"
            })
    void requestThatIsNoneIsRejected(String body, int status, String code) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/try")
                .then()
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | OUT_OF_RANGE",
                "[1] | NOT_A_RECORD_LIST",
                "[{},null] | NOT_A_RECORD_LIST",
                "[[{}]] | NOT_A_RECORD_LIST"
            })
    void recordsThatAreNoneAreRejected(String records, String code) {
        trial(CHECK, records).statusCode(422).body("code", equalTo(code));
    }

    private static ValidatableResponse trial(String script, String records) {
        Map<String, Object> pipeline = RunOrder.of("[]").main(script).pipeline();
        String body = "{\"pipeline\":" + json(pipeline) + ",\"records\":" + records + "}";
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/try")
                .then();
    }

    private static String json(Map<String, Object> value) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
