package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions by forms: our own, and one laid out like the seed's page. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class FormJourneyTest {
    private static final String RECORDS = "[{\"n\":1,\"price\":1.10},{\"n\":2},{\"n\":3},{\"n\":4}]";
    private static final String MARK = """
            def transform(record):
                if record["n"] == 3 and "%1$s" == "main":
                    raise SkipRecord("three")
                if record["n"] == 4 and "%1$s" == "main":
                    raise RuntimeError("four")
                record["%1$s"] = True
                return record
            """;

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
    void seedFormWithGapsInItsNumbersIsARun() throws Exception {
        String definition = """
                {"name": "seed", "steps": [
                  {"name": "first", "main_script": "a.py", "pre_script": "p.py", "post_script": null},
                  {"name": "second", "main_script": "b.py", "pre_script": null, "post_script": "q.py"}]}""";
        RequestSpecification form = file(given(), "dataset", "data.json", RECORDS);
        file(form, "pipeline", "pipeline.json", definition);
        form.multiPart("batch_size", "2");
        file(form, "main_1", "a.py", MARK.formatted("a"));
        file(form, "pre_1", "p.py", MARK.formatted("p"));
        file(form, "main_4", "b.py", MARK.formatted("main"));
        file(form, "post_4", "q.py", MARK.formatted("q"));

        String id = form.post("/submit_pipeline")
                .then()
                .statusCode(200)
                .body("status", equalTo("processing_started"))
                .body("message", notNullValue())
                .extract()
                .path("request_id");

        new SubmittedRun(id).awaitEnd("PARTIAL");
        String answer = given().get("/get_result/" + id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        String four =
                "{\"raw\":{\"n\":4},\"pre_first\":{\"n\":4,\"p\":true},\"main_first\":{\"n\":4,\"p\":true,\"a\":true},\"error\":{";
        assertEquals(
                "{\"request_id\":\"" + id + "\",\"results\":["
                        + "{\"raw\":{\"n\":1,\"price\":1.10},\"pre_first\":{\"n\":1,\"price\":1.1,\"p\":true},"
                        + "\"main_first\":{\"n\":1,\"price\":1.1,\"p\":true,\"a\":true},"
                        + "\"main_second\":{\"n\":1,\"price\":1.1,\"p\":true,\"a\":true,\"main\":true},"
                        + "\"post_second\":{\"n\":1,\"price\":1.1,\"p\":true,\"a\":true,\"main\":true,\"q\":true}},"
                        + "{\"raw\":{\"n\":2},\"pre_first\":{\"n\":2,\"p\":true},\"main_first\":{\"n\":2,\"p\":true,\"a\":true},"
                        + "\"main_second\":{\"n\":2,\"p\":true,\"a\":true,\"main\":true},"
                        + "\"post_second\":{\"n\":2,\"p\":true,\"a\":true,\"main\":true,\"q\":true}},"
                        + "{\"raw\":{\"n\":3},\"pre_first\":{\"n\":3,\"p\":true},\"main_first\":{\"n\":3,\"p\":true,\"a\":true},\"skipped\":\"three\"},"
                        + four,
                answer.substring(0, answer.indexOf(four) + four.length()));
    }

    @Test
    void definitionFileOfTheSeedFormGoesBeforeItsPipelineFile() throws Exception {
        RequestSpecification form = file(given(), "dataset", "data.json", "{\"n\":1}");
        file(
                form,
                "pipeline",
                "old.json",
                "{\"name\":\"old\",\"steps\":[{\"name\":\"old\",\"main_script\":\"a.py\"}]}");
        file(form, "pipeline_definition_json", "new.json", "{\"steps\":[{\"name\":\"new\",\"main_script\":\"a.py\"}]}");
        form.multiPart("pipeline_name", "named").multiPart("batch_size", "10");
        file(form, "main_0", "a.py", RunOrder.UNCHANGED);

        String id =
                form.post("/submit_pipeline").then().statusCode(200).extract().path("request_id");

        new SubmittedRun(id).awaitEnd("SUCCEEDED");
        given().get("/api/v1/runs/" + id)
                .then()
                .body("pipeline.name", equalTo("named"))
                .body("pipeline.steps[0].name", equalTo("new"));
        assertEquals(
                "{\"request_id\":\"" + id + "\",\"results\":[{\"raw\":{\"n\":1},\"main_new\":{\"n\":1}}]}",
                given().get("/get_result/" + id).asString());
    }

    @Test
    void emptyDefinitionFileOfTheSeedFormIsNone() throws Exception {
        RequestSpecification form = file(given(), "dataset", "data.json", "[{\"n\":1}]");
        file(form, "pipeline", "p.json", "{\"name\":\"old\",\"steps\":[{\"name\":\"old\",\"main_script\":\"a.py\"}]}");
        file(form, "pipeline_definition_json", "", "");
        form.multiPart("batch_size", "10");
        file(form, "main_0", "a.py", RunOrder.UNCHANGED);

        String id =
                form.post("/submit_pipeline").then().statusCode(200).extract().path("request_id");

        assertEquals("old", new SubmittedRun(id).awaitEnd("SUCCEEDED").getString("pipeline.name"));
    }

    @Test
    void ignoresWhatTheSeedDoesNotKnow() throws Exception {
        RequestSpecification form = file(given(), "dataset", "data.json", "[{\"n\":1}]");
        file(form, "pipeline", "chosen.json", "{\"name\":\"ignored\",\"steps\":[]}");
        form.multiPart(
                "pipeline_definition_json",
                "{\"pipeline_name\":\"user_submitted_pipeline\",\"version\":2,\"steps\":[{\"name\":\"one\",\"id\":7,"
                        + "\"main_script\":\"label.py\",\"pre_script\":\"\",\"post_script\":null}]}");
        form.multiPart("batch_size", "").multiPart("owner", "x").multiPart("owner", "y");
        file(form, "main_3", "a.py", RunOrder.UNCHANGED);
        file(form, "pre_3", "", "");
        file(form, "post_3", "", "");
        file(form, "notes", "notes.txt", "hello");

        String id = form.post("/submit_pipeline?debug=true")
                .then()
                .statusCode(200)
                .extract()
                .path("request_id");

        var run = new SubmittedRun(id).awaitEnd("SUCCEEDED");
        assertEquals("user_submitted_pipeline", run.getString("pipeline.name"));
        assertEquals("label.py", run.getString("pipeline.steps[0].main.name"));
        assertEquals(
                "{\"request_id\":\"" + id + "\",\"results\":[{\"raw\":{\"n\":1},\"main_one\":{\"n\":1}}]}",
                given().get("/get_result/" + id + "?_=1").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "nonsense",
                "{\"steps\":[]}",
                "{\"steps\":[{\"main_script\":\"m.py\"}]}",
                "{\"steps\":[{\"name\":\"a\",\"pre_script\":\"p.py\"}]}"
            })
    void seedClientIsToldWhatIsWrong(String definition) {
        RequestSpecification form = file(given(), "dataset", "data.json", "[{\"n\":1}]");
        file(form, "pipeline", "pipeline.json", definition);
        file(form, "main_0", "m.py", RunOrder.UNCHANGED);

        form.post("/submit_pipeline").then().statusCode(oneOf(400, 422)).body("detail", notNullValue());
    }

    @Test
    void seedClientWaitsForItsFirstResult() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1)
                .main("import time\ndef transform(record):\n    time.sleep(60)\n    return record\n")
                .submit();
        given().get("/get_result/" + run.id()).then().statusCode(404).body("detail", containsString("no results yet"));

        run.cancel().statusCode(200);

        given().get("/get_result/" + run.id())
                .then()
                .statusCode(404)
                .body("detail", containsString("the run is CANCELLED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00000000-0000-0000-0000-000000000000", "..%2f", "%00"})
    void seedClientGets404ForAnUnknownRequest(String id) {
        given().urlEncodingEnabled(false)
                .get("/get_result/" + id)
                .then()
                .statusCode(404)
                .body("detail", notNullValue());
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

    private static RequestSpecification file(RequestSpecification form, String part, String name, String content) {
        return form.multiPart(part, name, content.getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    }

    private static List<String> datasets() {
        return given().get("/api/v1/datasets?limit=1000")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }
}
