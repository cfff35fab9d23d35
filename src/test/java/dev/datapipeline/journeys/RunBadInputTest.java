package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions and addresses of runs that mean nothing: told so, never a mistake of ours. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunBadInputTest {
    private static final String PIPELINE =
            "{\"name\":\"p\",\"steps\":[{\"name\":\"s\",\"main\":{\"name\":\"m.py\",\"source\":\"def transform(r):\\n    return r\\n\"}}]}";

    private String dataset = "";

    /** Once for all: the address of the service is not known before the first test. */
    @BeforeEach
    void upload() {
        if (dataset.isEmpty()) {
            dataset = RunOrder.upload("[{\"n\":1}]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchSize            | 0                      | 422 | OUT_OF_RANGE",
                "batchSize            | -1                     | 422 | OUT_OF_RANGE",
                "batchSize            | 1000001                | 422 | OUT_OF_RANGE",
                "batchSize            | 2147483648             | 422 | OUT_OF_RANGE",
                "batchSize            | 9223372036854775808    | 422 | OUT_OF_RANGE",
                "batchSize            | 1.5                    | 400 | WRONG_TYPE",
                "batchSize            | 1.0                    | 400 | WRONG_TYPE",
                "batchSize            | \"5\"                  | 400 | WRONG_TYPE",
                "batchSize            | true                   | 400 | WRONG_TYPE",
                "batchSize            | []                     | 400 | WRONG_TYPE",
                "batchSize            | {}                     | 400 | WRONG_TYPE",
                "batchSize            | NaN                    | 400 | INVALID_JSON",
                "batchSize            | 01                     | 400 | INVALID_JSON",
                "maxParallelBatches   | 0                      | 422 | OUT_OF_RANGE",
                "maxParallelBatches   | 1025                   | 422 | OUT_OF_RANGE",
                "maxParallelBatches   | \"2\"                  | 400 | WRONG_TYPE",
                "recordConcurrency    | 0                      | 422 | OUT_OF_RANGE",
                "recordConcurrency    | 1000000                | 422 | OUT_OF_RANGE",
                "recordConcurrency    | 0.5                    | 400 | WRONG_TYPE",
                "recordTimeoutSeconds | 0                      | 422 | OUT_OF_RANGE",
                "recordTimeoutSeconds | -1                     | 422 | OUT_OF_RANGE",
                "recordTimeoutSeconds | 3601                   | 422 | OUT_OF_RANGE",
                "recordTimeoutSeconds | 1e400                  | 422 | OUT_OF_RANGE",
                "recordTimeoutSeconds | \"60\"                 | 400 | WRONG_TYPE",
                "recordTimeoutSeconds | Infinity               | 400 | INVALID_JSON",
                "toleratedFailures    | -1                     | 422 | OUT_OF_RANGE",
                "toleratedFailures    | 1.5                    | 422 | OUT_OF_RANGE",
                "toleratedFailures    | \"101%\"               | 422 | OUT_OF_RANGE",
                "toleratedFailures    | \"ten\"                | 422 | OUT_OF_RANGE",
                "toleratedFailures    | {}                     | 422 | OUT_OF_RANGE",
                "trace                | \"some\"               | 422 | OUT_OF_RANGE",
                "trace                | 1                      | 400 | WRONG_TYPE",
                "isolation            | \"none\"               | 422 | OUT_OF_RANGE",
                "name                 | \"\"                   | 422 | OUT_OF_RANGE",
                "name                 | \"a\\u0000b\"          | 422 | OUT_OF_RANGE",
                "name                 | 5                      | 400 | WRONG_TYPE",
                "pipelineVersion      | \"1\"                  | 400 | WRONG_TYPE",
                "batchsize            | 5                      | 400 | UNKNOWN_FIELD"
            })
    void optionThatCannotBeIsRejectedWithItsPlace(String field, String value, int status, String code) {
        ValidatableResponse rejection = post("{\"datasetId\":\"%s\",\"pipeline\":%s,\"%s\":%s}"
                        .formatted(dataset, PIPELINE, field, value))
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
        if (!code.equals("INVALID_JSON")) {
            rejection.body("errors.pointer", hasItem("/" + field));
        }
    }

    @Test
    void missingOptionsGetTheirDefaultsAndAreEchoed() {
        post("{\"datasetId\":\"%s\",\"pipeline\":%s,\"batchSize\":null}".formatted(dataset, PIPELINE))
                .statusCode(202)
                .body("batchSize", equalTo(100))
                .body("recordTimeoutSeconds", equalTo(60.0f))
                .body("recordConcurrency", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                          | 422 | MISSING_FIELD",
                "{\"datasetId\":\"DATASET\"}                                                 | 422 | MISSING_FIELD",
                "{\"pipeline\":PIPELINE}                                                     | 422 | MISSING_FIELD",
                "{\"datasetId\":\"x\",\"pipeline\":PIPELINE}                                 | 400 | WRONG_TYPE",
                "{\"datasetId\":\"\",\"pipeline\":PIPELINE}                                  | 400 | WRONG_TYPE",
                "{\"datasetId\":5,\"pipeline\":PIPELINE}                                     | 400 | WRONG_TYPE",
                "{\"datasetId\":\"00000000-0000-0000-0000-000000000000\",\"pipeline\":PIPELINE} | 404 | NOT_FOUND",
                "{\"datasetId\":\"DATASET\",\"pipelineId\":\"00000000-0000-0000-0000-000000000000\"} | 404 | NOT_FOUND",
                "{\"datasetId\":\"DATASET\",\"pipelineId\":\"00000000-0000-0000-0000-000000000000\",\"pipeline\":PIPELINE} | 422 | INVALID_PIPELINE",
                "{\"datasetId\":\"DATASET\",\"pipeline\":{\"name\":\"p\",\"steps\":[]}}      | 422 | INVALID_PIPELINE",
                "{\"datasetId\":\"DATASET\",\"pipeline\":[]}                                 | 400 | WRONG_TYPE",
                "{\"datasetId\":\"DATASET\",\"datasetId\":\"DATASET\"}                       | 400 | DUPLICATE_KEY",
                "{\"datasetId\":\"DATASET\"} x                                               | 400 | INVALID_JSON",
                "[]                                                                          | 400 | WRONG_TYPE",
                "null                                                                        | 400 | EMPTY_BODY",
                "``                                                                          | 400 | EMPTY_BODY",
                "not json                                                                    | 400 | INVALID_JSON"
            })
    void submissionThatIsNoneIsRejected(String body, int status, String code) {
        post(body.replace("DATASET", dataset).replace("PIPELINE", PIPELINE))
                .statusCode(status)
                .body("code", equalTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00000000-0000-0000-0000-000000000000",
                "%00",
                "..%2f",
                "..%2f..%2fetc%2fpasswd",
                "%F0%9F%98%80",
                "%ff",
                "1",
                "null",
                "00000000-0000-0000-0000-00000000000g",
                "'%20or%201=1",
                "{id}",
                "LONG"
            })
    void addressOfNoRunIsNotFound(String id) {
        String path = "/api/v1/runs/"
                + id.replace("LONG", "x".repeat(3_000)).replace("{", "%7B").replace("}", "%7D");
        for (String rest :
                List.of("", "/records", "/results", "/failures", "/batches", "/batches/0", "/batches/0/log")) {
            notFound("GET", path + rest);
        }
        notFound("POST", path + "/cancel");
        notFound("DELETE", path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "2147483648", "9223372036854775808", "x", "1.5", "%00", "0x0", "+0"})
    void addressOfNoBatchIsNotFound(String number) {
        String run = post("{\"datasetId\":\"%s\",\"pipeline\":%s}".formatted(dataset, PIPELINE))
                .statusCode(202)
                .extract()
                .path("id");

        notFound("GET", "/api/v1/runs/" + run + "/batches/" + number);
        notFound("GET", "/api/v1/runs/" + run + "/batches/" + number + "/log");
    }

    @Test
    void typeOfTheBodyIsJsonOrAForm() {
        for (String type : List.of("text/plain", "application/xml", "image/png", "x", "/", "a/", "text/ /x")) {
            given().header("Content-Type", type)
                    .body("{}".getBytes(UTF_8))
                    .post("/api/v1/runs")
                    .then()
                    .statusCode(415)
                    .body("code", equalTo("UNSUPPORTED_TYPE"));
        }
    }

    @Test
    void methodsAreThoseOfTheAddress() {
        given().put("/api/v1/runs")
                .then()
                .statusCode(405)
                .header("Allow", org.hamcrest.Matchers.containsString("POST"));
        given().delete("/api/v1/runs").then().statusCode(405);
        given().put("/api/v1/runs/" + dataset).then().statusCode(405);
        given().get("/api/v1/try").then().statusCode(405);
        given().get("/submit_pipeline").then().statusCode(405);
    }

    @Test
    void brokenFormIsRejected() {
        for (String body : List.of(
                "", "--x", "--x\r\n", "--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--\r\n", "garbage")) {
            for (String path : List.of("/api/v1/runs", "/submit_pipeline")) {
                given().header("Content-Type", "multipart/form-data; boundary=x")
                        .body(body.getBytes(UTF_8))
                        .post(path)
                        .then()
                        .statusCode(lessThan(500));
            }
        }
        given().header("Content-Type", "multipart/form-data")
                .body("x".getBytes(UTF_8))
                .post("/api/v1/runs")
                .then()
                .statusCode(lessThan(500));
    }

    private static void notFound(String method, String path) {
        given().urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/runs")
                .then();
    }
}
