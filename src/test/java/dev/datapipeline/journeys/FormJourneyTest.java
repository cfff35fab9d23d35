package dev.datapipeline.journeys;

import static dev.datapipeline.journeys.Forms.MARK;
import static dev.datapipeline.journeys.Forms.RECORDS;
import static dev.datapipeline.journeys.Forms.file;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs submitted as forms. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class FormJourneyTest {
    @Test
    void formWithScriptsIsARun() throws Exception {
        ValidatableResponse accepted = file(given(), "dataset", "numbers.json", RECORDS)
                .multiPart(
                        "pipeline", "{\"name\":\"form\",\"steps\":[{\"name\":\"mark\",\"main_script\":\"mark.py\"}]}")
                .multiPart("batch_size", "2")
                .multiPart("name", "by form")
                .multiPart("main_0", "mark.py", MARK.formatted("main").getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/runs")
                .then()
                .statusCode(202)
                .body("name", equalTo("by form"))
                .body("batchSize", equalTo(2))
                .body("dataset.name", equalTo("numbers.json"))
                .body("pipeline.steps[0].main.name", equalTo("mark.py"));
        SubmittedRun run = new SubmittedRun(accepted.extract().path("id"));

        run.awaitEnd("PARTIAL");

        assertEquals("[{\"n\":1,\"price\":1.1,\"main\":true},{\"n\":2,\"main\":true}]", run.results("json", "final"));
    }

    @Test
    void rejectedFormLeavesNothing() throws Exception {
        List<String> before = datasets();
        String pipeline =
                "{\"name\":\"x\",\"steps\":[{\"name\":\"x\",\"main\":{\"name\":\"m.py\",\"source\":\"def transform(r):\\n    return r\"}}]}";
        String broken = pipeline.replace("return r", "return (");

        form("[{\"n\":1}]", broken, "1").statusCode(422).body("code", equalTo("SCRIPT_SYNTAX"));
        form("[{\"n\":1}]", pipeline, "0").statusCode(422).body("code", equalTo("OUT_OF_RANGE"));
        form("[{\"n\":1},]", pipeline, "1").statusCode(400).body("code", equalTo("INVALID_JSON"));
        form("[]", pipeline, "1").statusCode(422).body("code", equalTo("EMPTY_DATASET"));
        form(RunOrder.numbers(200_001), pipeline, "1")
                .statusCode(422)
                .body("code", equalTo("OUT_OF_RANGE"))
                .body("detail", containsString("200,001 batches"));

        Eventually.eventually(
                "the datasets are those before",
                Duration.ofSeconds(5),
                () -> datasets().equals(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "ten", "", " ", "1e3", "+5", "0x10", "٣", "NaN", "null", "5,0"})
    void batchSizeThatIsNoWholeNumberIsRejected(String batchSize) {
        form("[{\"n\":1}]", "{}", batchSize).statusCode(400).body("code", equalTo("WRONG_TYPE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "2147483648", "9223372036854775808", "-99999999999999999999999"})
    void batchSizeBeyondItsBoundsIsRejected(String batchSize) {
        form("[{\"n\":1}]", "{}", batchSize).statusCode(422).body("code", equalTo("OUT_OF_RANGE"));
    }

    @Test
    void partsAreThoseOfTheForm() {
        String pipeline = "{\"name\":\"x\",\"steps\":[{\"name\":\"x\",\"main_script\":\"m.py\"}]}";
        file(given(), "dataset", "d.json", "[{}]")
                .multiPart("batch_size", "1")
                .post("/api/v1/runs")
                .then()
                .statusCode(400)
                .body("code", equalTo("MISSING_PART"));
        given().multiPart("pipeline", pipeline)
                .multiPart("main_0", "m.py", RunOrder.UNCHANGED.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/runs")
                .then()
                .statusCode(400)
                .body("code", equalTo("MISSING_PART"));
        file(given(), "dataset", "d.json", "[{}]")
                .multiPart("pipeline", pipeline)
                .multiPart("pipeline", pipeline)
                .multiPart("main_0", "m.py", RunOrder.UNCHANGED.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/runs")
                .then()
                .statusCode(400)
                .body("code", equalTo("DUPLICATE_PART"));
        file(given(), "dataset", "d.json", "[{}]")
                .multiPart("pipeline", pipeline)
                .multiPart("pipelines", "typo")
                .post("/api/v1/runs")
                .then()
                .statusCode(400)
                .body("code", equalTo("UNKNOWN_PART"));
    }

    private static ValidatableResponse form(String dataset, String pipeline, String batchSize) {
        return file(given(), "dataset", "rejected-" + UUID.randomUUID() + ".json", dataset)
                .multiPart("pipeline", pipeline)
                .multiPart("batch_size", batchSize)
                .post("/api/v1/runs")
                .then();
    }

    private static List<String> datasets() {
        return given().get("/api/v1/datasets?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }
}
