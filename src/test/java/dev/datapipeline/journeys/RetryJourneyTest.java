package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Running again what did not succeed, in the same run. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class RetryJourneyTest {
    /** Of 25 records 3, 9, 15 and 21 fail, 5 is skipped. */
    private static final String FAULTY = """
            def transform(record):
                if record["n"] == 5:
                    raise SkipRecord("five")
                print("first", record["n"])
                if record["n"] % 6 == 3:
                    raise ValueError("three")
                return {"n": record["n"], "by": "first"}
            """;

    private static final String CORRECTED = """
            def transform(record):
                print("second", record["n"])
                return {"n": record["n"], "by": "second"}
            """;
    /** Of ten records 3 and 8 fail for a value, 7 for a key. */
    private static final String TWO_CAUSES = """
            def transform(record):
                if record["n"] % 5 == 3:
                    raise ValueError("three")
                if record["n"] % 10 == 7:
                    record["missing"]
                return {"n": record["n"], "by": "first"}
            """;

    private static final String SLOWLY_CORRECTED = """
            import time

            def transform(record):
                time.sleep(0.2)
                return {"n": record["n"], "by": "second"}
            """;

    private static final String STUCK = """
            import time

            def transform(record):
                if record["n"] > 3:
                    time.sleep(3600)
                return {"n": record["n"], "by": "second"}
            """;

    @Test
    void correctedPipelineRunsOnTheFailedRecordsOnly() throws Exception {
        SubmittedRun run = faulty();
        JsonPath before = run.look();
        assertEquals(4, before.getInt("records.failed"));

        run.retry(Map.of("pipeline", pipeline(CORRECTED)))
                .statusCode(202)
                .body("id", equalTo(run.id()))
                .body("retries", equalTo(1))
                .body("pipeline.steps[0].main.source", equalTo(CORRECTED));
        JsonPath after = run.awaitEnd("SUCCEEDED");

        assertEquals(
                Map.of("total", 25, "succeeded", 24, "failed", 0, "skipped", 1, "cancelled", 0, "pending", 0),
                after.getMap("records"));
        assertEquals(3, after.getInt("batches.succeeded"));
        assertEquals(1, after.getInt("retries"));
        assertEquals(before.getString("createdAt"), after.getString("createdAt"));
        assertTrue(after.getString("startedAt").compareTo(before.getString("finishedAt")) > 0);
        assertEquals(expected(), run.results("json", "final"));
        run.get("/failures").body("total", equalTo(0)).body("items", empty());
        run.get("/records?offset=15&limit=1")
                .body("items[0].index", equalTo(15))
                .body("items[0].status", equalTo("SUCCEEDED"))
                .body("items[0].stages[0].value.by", equalTo("second"));
        run.get("/batches/1/attempts")
                .body("items.attempt", contains(1, 2))
                .body("items.outcome", contains("SUCCEEDED", "SUCCEEDED"))
                .body("items.succeeded", contains(9, 10))
                .body("items.failed", contains(1, 0));
        assertEquals(
                List.of("#14 first 14", "#15 second 15"),
                run.get("/batches/1/log")
                        .extract()
                        .asString()
                        .lines()
                        .filter(line -> line.startsWith("#14 ") || line.startsWith("#15 "))
                        .toList());
    }

    @Test
    void unchangedPipelineFailsAgainInTheSameWay() throws Exception {
        SubmittedRun run = faulty();
        String records =
                run.get("/records").extract().jsonPath().getList("items.status").toString();
        String failures = run.get("/failures").extract().asString();

        run.retry().statusCode(202);
        JsonPath after = run.awaitEnd("PARTIAL");

        assertEquals(4, after.getInt("records.failed"));
        assertEquals(20, after.getInt("records.succeeded"));
        assertEquals(failures, run.get("/failures").extract().asString());
        assertEquals(
                records,
                run.get("/records").extract().jsonPath().getList("items.status").toString());
        run.retry(Map.of()).statusCode(202).body("retries", equalTo(2));
        run.awaitEnd("PARTIAL");
        run.get("/batches/0/attempts").body("items", hasSize(3));
    }

    @Test
    void cancelledRetryKeepsEarlierResultsAndMayGoOn() throws Exception {
        SubmittedRun run = faulty();
        run.retry(Map.of("pipeline", pipeline(STUCK))).statusCode(202);
        JsonPath under = run.await("stuck batches", look -> look.getInt("batches.running") == 2);
        assertEquals(20, under.getInt("records.succeeded"));
        assertEquals(4, under.getInt("records.pending"));
        assertEquals(List.of(3, 9, 15, 21), run.records("?status=PENDING").getList("items.index"));
        assertEquals(0, run.records("?status=FAILED").getInt("total"));

        run.cancel().statusCode(200).body("status", equalTo("CANCELLED"));

        assertEquals(
                Map.of("total", 25, "succeeded", 20, "failed", 4, "skipped", 1, "cancelled", 0, "pending", 0),
                run.look().getMap("records"));
        run.get("/failures").body("total", equalTo(4)).body("items[0].count", equalTo(4));
        run.get("/batches/0/attempts").body("items.outcome", contains("SUCCEEDED", "CANCELLED"));

        run.retry(Map.of("pipeline", pipeline(CORRECTED))).statusCode(202);
        run.awaitEnd("SUCCEEDED");
        assertEquals(expected(), run.results("json", "final"));
    }

    @Test
    void onlyTheRecordsOfOneCauseRunAgain() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(60).main(TWO_CAUSES).with("batchSize", 7).submit();
        run.awaitEnd("PARTIAL");
        JsonPath failures = run.get("/failures").extract().jsonPath();
        assertEquals(18, failures.getInt("total"));
        String cause = failures.getString("items.find { it.type == 'KeyError' }.id");

        run.retry(Map.of("cause", cause, "pipeline", pipeline(SLOWLY_CORRECTED)))
                .statusCode(202)
                .body("records.failed", equalTo(12))
                .body("records.pending", equalTo(6));
        run.await("the end of the retry", look -> {
            assertTrue(look.getInt("records.failed") == 12, "what failed for another cause stays");
            return look.getInt("records.pending") == 0;
        });

        assertEquals(
                Map.of("total", 60, "succeeded", 48, "failed", 12, "skipped", 0, "cancelled", 0, "pending", 0),
                run.look().getMap("records"));
        assertEquals("PARTIAL", run.look().getString("status"));
        run.get("/failures").body("total", equalTo(12)).body("items.type", contains("ValueError"));
        assertEquals(
                IntStream.range(0, 60)
                        .mapToObj(n -> n % 10 == 7 ? "second" : n % 5 == 3 ? "FAILED" : "first")
                        .toList(),
                run.get("/records?limit=60")
                        .extract()
                        .jsonPath()
                        .getList("items.collect { it.error ? it.status : it.stages[0].value.by }"));
        run.retry(Map.of("cause", cause)).statusCode(409).body("detail", containsString("No record of the run"));
        assertEquals("PARTIAL", run.look().getString("status"));
    }

    @Test
    void causeIsNotRetriedBesideMoreFailuresThanTheRunTolerates() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(60)
                .main(TWO_CAUSES)
                .with("batchSize", 60)
                .with("toleratedFailures", 3)
                .submit();
        run.awaitEnd("FAILED");
        String cause = run.get("/failures").extract().jsonPath().getString("items.find { it.type == 'KeyError' }.id");

        run.retry(Map.of("cause", cause)).statusCode(409).body("detail", containsString("Retry without a cause"));

        assertEquals("FAILED", run.look().getString("status"));
        run.retry(Map.of("pipeline", pipeline(CORRECTED))).statusCode(202);
        run.awaitEnd("SUCCEEDED");
    }

    @Test
    void resultsAreMergedForEveryTraceAndIsolation() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(25)
                .main(FAULTY)
                .with("batchSize", 10)
                .with("trace", "final")
                .with("isolation", "batch")
                .submit();
        run.awaitEnd("PARTIAL");

        run.retry(Map.of("pipeline", pipeline(CORRECTED))).statusCode(202);

        run.awaitEnd("SUCCEEDED");
        assertEquals(expected(), run.results("json", "final"));
    }

    @Test
    void cancelledRecordsRunToo() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(10).main(STUCK).with("batchSize", 1).submit();
        run.await("two stuck", look -> look.getInt("batches.running") == 2 && look.getInt("batches.succeeded") == 4);
        run.cancel().statusCode(200);

        run.retry(Map.of("pipeline", pipeline(CORRECTED))).statusCode(202);

        run.awaitEnd("SUCCEEDED");
        assertEquals(
                IntStream.range(0, 10)
                        .mapToObj("{\"n\":%d,\"by\":\"second\"}"::formatted)
                        .collect(Collectors.joining(",", "[", "]")),
                run.results("json", "final"));
    }

    @Test
    void retryThatCannotBeIsRejected() throws Exception {
        SubmittedRun done = RunOrder.ofNumbers(1).submit();
        done.awaitEnd("SUCCEEDED");
        done.retry()
                .statusCode(409)
                .body("code", equalTo("CONFLICT"))
                .body("detail", containsString("nothing to retry"));
        new SubmittedRun("01234567-89ab-cdef-0123-456789abcdef").retry().statusCode(404);

        SubmittedRun run = faulty();
        run.retry(Map.of(
                        "pipeline",
                        RunOrder.ofNumbers(1)
                                .step("other", null, CORRECTED, null)
                                .pipeline()))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/pipeline/steps/0/name"));
        run.retry(Map.of(
                        "pipeline",
                        RunOrder.ofNumbers(1)
                                .step("clean", CORRECTED, CORRECTED, null)
                                .pipeline()))
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/pipeline/steps/0/pre"));
        run.retry(Map.of("pipeline", pipeline("def transform(")))
                .statusCode(422)
                .body("code", equalTo("SCRIPT_SYNTAX"));
        run.retry(Map.of("pipelineVersion", 1)).statusCode(422).body("code", equalTo("MISSING_FIELD"));
        run.retry(Map.of("records", 1)).statusCode(400).body("code", equalTo("UNKNOWN_FIELD"));
        assertEquals("PARTIAL", run.look().getString("status"));

        run.retry(Map.of("pipeline", pipeline(STUCK))).statusCode(202);
        run.retry().statusCode(409).body("detail", containsString("cancel it first"));
        run.cancel().statusCode(200);
    }

    private static SubmittedRun faulty() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(25).main(FAULTY).with("batchSize", 10).submit();
        run.awaitEnd("PARTIAL");
        return run;
    }

    private static Map<String, Object> pipeline(String main) {
        return RunOrder.ofNumbers(1).main(main).pipeline();
    }

    private static String expected() {
        return IntStream.range(0, 25)
                .filter(n -> n != 5)
                .mapToObj(n -> "{\"n\":%d,\"by\":\"%s\"}".formatted(n, n % 6 == 3 ? "second" : "first"))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
