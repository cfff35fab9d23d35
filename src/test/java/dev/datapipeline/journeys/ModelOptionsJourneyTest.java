package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.ModelUpstreams;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which models a run may call, and what that may cost. */
@QuarkusTest
@TestProfile(ModelUpstreams.class)
@WithTestResource(DatabaseResource.class)
class ModelOptionsJourneyTest {
    @Test
    void runThatSaysNothingCallsNoModels() {
        RunOrder.ofNumbers(1).submit().get("").body("llm", nullValue());
    }

    @Test
    void emptyObjectMeansTheDefaults() {
        SubmittedRun run = RunOrder.ofNumbers(1).with("llm", Map.of()).submit();

        run.get("")
                .body("llm.upstream", equalTo("main"))
                .body("llm.models", equalTo(List.of()))
                .body("llm.budget", equalTo("2.50"))
                .body("llm.maxOutputTokens", equalTo(4096))
                .body("llm.cache", equalTo("off"))
                .body("llm.spent", equalTo("0.00"))
                .body("llm.calls", equalTo(0))
                .body("llm.projectedLow", nullValue());
        given().get("/api/v1/runs")
                .then()
                .body("items.find { it.id == '%s' }.llm.budget".formatted(run.id()), equalTo("2.50"));
        run.get("/llm").statusCode(200).body("stages.size()", equalTo(0)).body("failed.size()", equalTo(0));
        run.get("/llm/calls").statusCode(200).body("calls.size()", equalTo(0)).body("next", nullValue());
        run.get("/llm/batches").statusCode(200).body("items.size()", equalTo(0)).body("withoutBatch", nullValue());
    }

    @Test
    void whatARunSaysIsShown() {
        RunOrder.ofNumbers(1)
                .with(
                        "llm",
                        Map.of(
                                "upstream",
                                "other",
                                "models",
                                List.of("small"),
                                "budget",
                                "0.5",
                                "maxOutputTokens",
                                0,
                                "cache",
                                "exact"))
                .submit()
                .get("")
                .body("llm.upstream", equalTo("other"))
                .body("llm.models", equalTo(List.of("small")))
                .body("llm.budget", equalTo("0.50"))
                .body("llm.maxOutputTokens", equalTo(0))
                .body("llm.cache", equalTo("exact"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'budget': '-1'} | 422 | OUT_OF_RANGE | /llm/budget",
                "{'budget': '0'} | 422 | OUT_OF_RANGE | /llm/budget",
                "{'budget': '1e9'} | 422 | OUT_OF_RANGE | /llm/budget",
                "{'budget': '0.1234567890123'} | 422 | OUT_OF_RANGE | /llm/budget",
                "{'budget': 5} | 400 | WRONG_TYPE | /llm/budget",
                "{'budget': {}} | 400 | WRONG_TYPE | /llm/budget",
                "{'models': []} | 422 | OUT_OF_RANGE | /llm/models",
                "{'models': 'small'} | 400 | WRONG_TYPE | /llm/models",
                "{'models': [7]} | 400 | WRONG_TYPE | /llm/models/0",
                "{'models': [null]} | 422 | OUT_OF_RANGE | /llm/models/0",
                "{'models': ['small', 'small']} | 422 | OUT_OF_RANGE | /llm/models/1",
                "{'models': ['unknown'], 'upstream': 'other'} | 422 | UNKNOWN_MODEL | /llm/models/0",
                "{'models': ['small', 'unheard-of']} | 422 | UNKNOWN_PRICE | /llm/models/1",
                "{'upstream': 'nowhere'} | 422 | UNKNOWN_UPSTREAM | /llm/upstream",
                "{'upstream': ''} | 422 | UNKNOWN_UPSTREAM | /llm/upstream",
                "{'maxOutputTokens': -1} | 422 | OUT_OF_RANGE | /llm/maxOutputTokens",
                "{'maxOutputTokens': 1.5} | 400 | WRONG_TYPE | /llm/maxOutputTokens",
                "{'maxOutputTokens': '9'} | 400 | WRONG_TYPE | /llm/maxOutputTokens",
                "{'maxOutputTokens': 99999999999999999999} | 422 | OUT_OF_RANGE | /llm/maxOutputTokens",
                "{'cache': 'all'} | 422 | OUT_OF_RANGE | /llm/cache",
                "{'key': 'x'} | 400 | UNKNOWN_FIELD | /llm/key",
                "[] | 400 | WRONG_TYPE | /llm",
                "true | 400 | WRONG_TYPE | /llm",
            })
    void wrongOptionsAreRejectedWithTheirPlace(String llm, int status, String code, String pointer) {
        String body = "{\"datasetId\": \"%s\", \"pipeline\": {\"name\": \"p\", \"steps\": [%s]}, \"llm\": %s}"
                .formatted(
                        RunOrder.upload("[{}]"),
                        "{\"name\": \"s\", \"main\": {\"name\": \"m.py\", \"source\": \"def transform(record):\\n    return record\\n\"}}",
                        llm.replace('\'', '"'));

        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/runs")
                .then()
                .statusCode(status)
                .body("code", equalTo(code))
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void savedPipelineBringsItsOptionsUnlessTheRunHasItsOwn() {
        Map<String, Object> pipeline = new LinkedHashMap<>(RunOrder.ofNumbers(1).pipeline());
        pipeline.put("llm", Map.of("upstream", "other", "budget", "7"));
        String id = given().contentType(ContentType.JSON)
                .body(pipeline)
                .post("/api/v1/pipelines")
                .then()
                .statusCode(201)
                .body("llm.upstream", equalTo("other"))
                .body("llm.budget", equalTo("7.00"))
                .body("llm.models", nullValue())
                .extract()
                .path("id");
        String dataset = RunOrder.upload("[{}]");
        Map<String, Object> body = Map.of("datasetId", dataset, "pipelineId", id);
        Map<String, Object> ownBody = Map.of("datasetId", dataset, "pipelineId", id, "llm", Map.of("budget", "1"));

        given().get("/api/v1/pipelines/" + id).then().body("llm.budget", equalTo("7.00"));
        RunOrder.ofNumbers(1)
                .post(body)
                .then()
                .statusCode(202)
                .body("llm.upstream", equalTo("other"))
                .body("llm.budget", equalTo("7.00"));
        RunOrder.ofNumbers(1)
                .post(ownBody)
                .then()
                .statusCode(202)
                .body("llm.upstream", equalTo("main"))
                .body("llm.budget", equalTo("1.00"));
    }

    @Test
    void wrongOptionsOfAPipelineAreRejectedWithTheirPlace() {
        Map<String, Object> pipeline = new LinkedHashMap<>(RunOrder.ofNumbers(1).pipeline());
        pipeline.put("llm", Map.of("budget", "much"));
        given().contentType(ContentType.JSON)
                .body(pipeline)
                .post("/api/v1/pipelines")
                .then()
                .statusCode(422)
                .body("code", equalTo("INVALID_PIPELINE"))
                .body("errors.pointer", hasItem("/llm/budget"));

        pipeline.put("llm", Map.of("upstream", "nowhere"));
        given().contentType(ContentType.JSON)
                .body(pipeline)
                .post("/api/v1/pipelines")
                .then()
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_UPSTREAM"))
                .body("errors.pointer", hasItem("/llm/upstream"));
    }

    @Test
    void formsMayCallTheDefaultUpstreamWithoutAWord() {
        form(null).then().statusCode(202).body("llm.upstream", equalTo("main")).body("llm.budget", equalTo("2.50"));
        form("{\"upstream\": \"other\", \"budget\": \"3\"}")
                .then()
                .statusCode(202)
                .body("llm.budget", equalTo("3.00"));
        form("{\"budget\": \"0\"}").then().statusCode(422).body("errors.pointer", hasItem("/llm/budget"));
        form("{\"budget\": ").then().statusCode(400).body("code", equalTo("INVALID_JSON"));
        form("{\"budget\": \"" + "1".repeat(70_000) + "\"}")
                .then()
                .statusCode(413)
                .body("code", equalTo("TOO_LARGE"));
    }

    private static Response form(@Nullable String llm) {
        var form = given().multiPart("dataset", "d.json", "[{}]".getBytes(UTF_8))
                .multiPart("pipeline", "{\"name\": \"p\", \"steps\": [{\"name\": \"s\"}]}")
                .multiPart("main_0", "m.py", RunOrder.UNCHANGED.getBytes(UTF_8));
        return (llm == null ? form : form.multiPart("llm", llm)).post("/api/v1/runs");
    }

    @Test
    void optionsAreAPartOfWhatAnIdempotencyKeyStandsFor() {
        Map<String, Object> body = RunOrder.ofNumbers(1).body();
        Map<String, Object> other = new LinkedHashMap<>(body);
        other.put("llm", Map.of());
        String key = UUID.randomUUID().toString();

        RunOrder.ofNumbers(1).withKey(key).post(body).then().statusCode(202);
        RunOrder.ofNumbers(1)
                .withKey(key)
                .post(other)
                .then()
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void retryMayAllowModelsAndChangeTheBudget() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1)
                .main("def transform(record):\n    raise ValueError('no')\n")
                .submit();
        run.awaitEnd("FAILED");

        run.retry(Map.of("llm", Map.of("budget", "4"))).statusCode(202).body("llm.budget", equalTo("4.00"));
        run.awaitEnd("FAILED");
        run.retry(Map.of("llm", Map.of("upstream", "other")))
                .statusCode(202)
                .body("llm.upstream", equalTo("other"))
                .body("llm.budget", equalTo("4.00"));
        run.awaitEnd("FAILED");
        run.retry().statusCode(202).body("llm.upstream", equalTo("other"));
        run.awaitEnd("FAILED");
        run.retry(Map.of("llm", Map.of("budget", "no"))).statusCode(422).body("errors.pointer", hasItem("/llm/budget"));
    }

    @Test
    void listOfUpstreamsHasWhatABuilderNeeds() {
        given().get("/api/v1/llm/upstreams")
                .then()
                .statusCode(200)
                .body("runBudget", equalTo("2.50"))
                .body("trialBudget", equalTo("0.10"))
                .body("defaultMaxOutputTokens", equalTo(4096))
                .body("items.name", equalTo(List.of("main", "other")))
                .body("items[0].isDefault", equalTo(true))
                .body("items[0].prices.model", hasItem("small"))
                .body("items[0].prices.find { it.model == 'small' }.input", equalTo("0.50"))
                .body("items[1].models", equalTo(List.of("small")));
    }

    @ParameterizedTest
    @CsvSource({
        "record=-1, record",
        "record=x, record",
        "status=BROKEN, status",
        "limit=0, limit",
        "limit=1001, limit",
        "cursor=%21, cursor",
        "cursor=AAAA, cursor"
    })
    void wrongParametersOfTheListOfCallsAreRejected(String query, String parameter) {
        SubmittedRun run = RunOrder.ofNumbers(1).with("llm", Map.of()).submit();

        given().urlEncodingEnabled(false)
                .get(run.path() + "/llm/calls?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"))
                .body("detail", containsString(parameter));
    }

    @Test
    void callsOfARunThatIsNotThereAreNotFound() {
        String path = "/api/v1/runs/" + UUID.randomUUID();
        given().get(path + "/llm").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().get(path + "/llm/calls").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().get(path + "/llm/batches").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        given().contentType(ContentType.JSON).post(path + "/resume").then().statusCode(404);
    }
}
