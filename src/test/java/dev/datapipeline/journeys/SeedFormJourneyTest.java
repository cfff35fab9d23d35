package dev.datapipeline.journeys;

import static dev.datapipeline.journeys.Forms.MARK;
import static dev.datapipeline.journeys.Forms.RECORDS;
import static dev.datapipeline.journeys.Forms.file;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions and results as the page of the earlier system, the seed, sends and reads them. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class SeedFormJourneyTest {
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
    void seedClientGetsAReason(String definition) {
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
}
