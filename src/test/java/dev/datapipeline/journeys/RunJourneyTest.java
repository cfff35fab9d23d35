package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a submission as JSON to everything that can be seen of the run. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class RunJourneyTest {
    private static final String ADD = """
            def transform(record):
                record.setdefault("seen", []).append("%s")
                return record
            """;
    private static final String CHECK = """
            def transform(record):
                if record["n"] == 7:
                    raise ValueError(f"record {record['n']} is odd")
                if record["n"] == 8:
                    raise SkipRecord("eight")
                print("checked", record["n"])
                return record
            """;

    @Test
    void acceptedRunIsDescribedAndNamedByItsLocation() throws Exception {
        ValidatableResponse accepted = RunOrder.ofNumbers(25)
                .with("batchSize", 10)
                .with("name", "My run")
                .post()
                .then()
                .statusCode(202)
                .body("name", equalTo("My run"))
                .body("pipeline.name", equalTo("journey"))
                .body("pipeline.steps[0].main.source", equalTo(RunOrder.UNCHANGED))
                .body("dataset.records", equalTo(25))
                .body("batchSize", equalTo(10))
                .body("batches.total", equalTo(3))
                .body("records.total", equalTo(25))
                .body("trace", equalTo("all"))
                .body("isolation", equalTo("run"))
                .body("finishedAt", nullValue());
        SubmittedRun run = new SubmittedRun(accepted.extract().path("id"));
        accepted.header("Location", endsWith(run.path()));

        JsonPath ended = run.awaitEnd("SUCCEEDED");

        assertEquals(25, ended.getInt("records.succeeded"));
        assertEquals(3, ended.getInt("batches.succeeded"));
        assertTrue(ended.getDouble("recordsPerSecond") > 0);
        assertTrue(ended.getString("finishedAt").compareTo(ended.getString("startedAt")) >= 0);
    }

    @Test
    void stagesRunInOrderAndKeepTheirValues() throws Exception {
        SubmittedRun run = RunOrder.of("[{\"n\":1}]")
                .step("one", ADD.formatted("pre"), ADD.formatted("main"), ADD.formatted("post"))
                .step("two", null, ADD.formatted("again"), null)
                .submit();
        run.awaitEnd("SUCCEEDED");

        run.get("/records")
                .body("items", hasSize(1))
                .body("items[0].stages.step", contains("one", "one", "one", "two"))
                .body("items[0].stages.stage", contains("pre", "main", "post", "main"))
                .body("items[0].stages[0].value.seen", contains("pre"))
                .body("items[0].stages[1].value.seen", contains("pre", "main"))
                .body("items[0].stages[3].value.seen", contains("pre", "main", "post", "again"))
                .body("items[0].raw", equalTo(Map.of("n", 1)));
    }

    @Test
    void failedAndSkippedRecordsSayWhy() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(25)
                .step("clean", ADD.formatted("pre"), CHECK, null)
                .with("batchSize", 10)
                .submit();
        JsonPath ended = run.awaitEnd("PARTIAL");

        assertEquals(
                Map.of("total", 25, "succeeded", 23, "failed", 1, "skipped", 1, "cancelled", 0, "pending", 0),
                ended.getMap("records"));
        run.get("/records?offset=7&limit=2")
                .body("items[0].status", equalTo("FAILED"))
                .body("items[0].error.type", equalTo("ValueError"))
                .body("items[0].error.message", equalTo("record 7 is odd"))
                .body("items[0].error.step", equalTo("clean"))
                .body("items[0].error.stage", equalTo("main"))
                .body("items[0].error.script", equalTo("main.py"))
                .body("items[0].error.line", equalTo(3))
                .body("items[0].stages", hasSize(1))
                .body("items[1].status", equalTo("SKIPPED"))
                .body("items[1].skipped", equalTo("eight"));
    }

    @Test
    void failuresAreGroupedByTheirCause() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(30).main("""
                        def transform(record):
                            if record["n"] % 3 == 0:
                                raise ValueError(f"record {record['n']} is odd")
                            return {"x": record["m"]}
                        """).with("batchSize", 7).submit();
        run.awaitEnd("FAILED");

        run.get("/failures")
                .body("total", equalTo(30))
                .body("items", hasSize(2))
                .body("items[0].type", equalTo("KeyError"))
                .body("items[0].message", equalTo("'m'"))
                .body("items[0].count", equalTo(20))
                .body("items[0].firstIndex", equalTo(1))
                .body("items[0].line", equalTo(4))
                .body("items[0].spread", contains(4, 5, 5, 4, 2))
                .body("items[1].spread", contains(3, 2, 2, 3, 0))
                .body("items[1].type", equalTo("ValueError"))
                .body("items[1].count", equalTo(10))
                .body("items[1].examples", contains(0, 3, 6, 9, 12, 15, 18, 21, 24, 27));
    }

    @Test
    void failuresOfManyBatchesAreSpreadOverSixtyParts() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(150).main("""
                        def transform(record):
                            if record["n"] >= 145:
                                raise ValueError("late")
                            return record
                        """).with("batchSize", 1).submit();
        run.awaitEnd("PARTIAL");

        List<Integer> spread = run.get("/failures").extract().path("items[0].spread");

        assertEquals(60, spread.size());
        assertEquals(List.of(0, 3, 2), spread.subList(57, 60));
        assertEquals(5, spread.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void batchesAreListedAndHaveLogs() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(25).main(CHECK).with("batchSize", 10).submit();
        run.awaitEnd("PARTIAL");

        run.get("/batches?offset=1&limit=5")
                .body("total", equalTo(3))
                .body("items.number", contains(1, 2))
                .body("items.firstRecord", contains(10, 20))
                .body("items.records", contains(10, 5))
                .body("items.status", contains("SUCCEEDED", "SUCCEEDED"));
        run.get("/batches/0")
                .body("failed", equalTo(1))
                .body("skipped", equalTo(1))
                .body("attempt", equalTo(1));
        String log = run.get("/batches/2/log")
                .statusCode(200)
                .contentType("text/plain")
                .extract()
                .asString();
        assertEquals(List.of("checked 20", "checked 21", "checked 22", "checked 23", "checked 24"), printed(log));
    }

    @Test
    void savedPipelineIsRunInTheVersionThatWasAskedFor() throws Exception {
        String first = save("post", "/api/v1/pipelines", ADD.formatted("first")).getString("id");
        save("put", "/api/v1/pipelines/" + first, ADD.formatted("second"));

        SubmittedRun newest = saved(Map.of("pipelineId", first));
        SubmittedRun oldest = saved(Map.of("pipelineId", first, "pipelineVersion", 1));

        newest.awaitEnd("SUCCEEDED");
        oldest.awaitEnd("SUCCEEDED");
        assertEquals("[{\"n\":0,\"seen\":[\"second\"]}]", newest.results("json", "final"));
        assertEquals("[{\"n\":0,\"seen\":[\"first\"]}]", oldest.results("json", "final"));
        assertEquals(1, oldest.look().getInt("pipeline.version"));
    }

    private static JsonPath save(String method, String path, String source) {
        return given().contentType("application/json")
                .body(RunOrder.ofNumbers(1).main(source).pipeline())
                .request(method, path)
                .then()
                .extract()
                .jsonPath();
    }

    private static SubmittedRun saved(Map<String, Object> chosen) {
        Map<String, Object> body = new java.util.HashMap<>(chosen);
        body.put("datasetId", RunOrder.upload(RunOrder.numbers(1)));
        return new SubmittedRun(RunOrder.ofNumbers(1)
                .post(body)
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    /** Lines of a log without the index of their record. */
    private static List<String> printed(String log) {
        return log.lines().map(line -> line.replaceFirst("^#\\d+ ", "")).toList();
    }
}
