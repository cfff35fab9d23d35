package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.testing.Containers;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.ModelUpstreams;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Runs that wait for money or a key, as their ledger demands, and what people do with them. */
@QuarkusTest
@TestProfile(ModelUpstreams.class)
@WithTestResource(DatabaseResource.class)
class PauseJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Two of the records take their time. */
    private static final String SLOW = """
            import time

            def transform(record):
                if record["n"] in (2, 3):
                    time.sleep(1.5)
                return record
            """;

    @Inject
    Event<RunMustPause> demands;

    @Test
    void pausedRunWaitsUntilItIsResumedWithMoreMoney() throws Exception {
        SubmittedRun run = atWork();

        pause(run, PauseReason.BUDGET);

        JsonPath paused = run.look();
        assertEquals("PAUSED", paused.getString("status"));
        assertEquals("The budget is used up.", paused.getString("statusReason"));
        assertEquals("BUDGET", paused.getString("llm.pauseReason"));
        assertEquals("0.25", paused.getString("llm.needed"));
        assertEquals(0, paused.getInt("batches.running"));
        assertNull(paused.get("etaSeconds"));
        Eventually.eventually(
                "no sandbox of a paused run", SOON, () -> Containers.ofRun(run).isEmpty());
        given().get("/api/v1/runs?status=PAUSED").then().body("items.id", hasItem(run.id()));

        resume(run, Map.of("budget", "9.00"))
                .statusCode(200)
                .body("llm.budget", equalTo("9.00"))
                .body("llm.pauseReason", nullValue())
                .body("statusReason", nullValue());
        JsonPath ended = run.awaitEnd("SUCCEEDED");
        assertEquals(10, ended.getInt("records.succeeded"));
        assertEquals(paused.getString("startedAt"), ended.getString("startedAt"));
        assertNull(paused.getString("resumedAt"));
        assertTrue(ended.getString("resumedAt").compareTo(ended.getString("pausedAt")) > 0);
        assertTrue(ended.getDouble("pausedSeconds") > 0);
        assertEquals(RunOrder.numbers(10), run.results("json", "final"));
    }

    @Test
    void runThatIsPausedForItsKeyIsResumedWithoutABudget() throws Exception {
        SubmittedRun run = atWork();
        pause(run, PauseReason.KEY_REFUSED);

        given().noContentType()
                .post(run.path() + "/resume")
                .then()
                .statusCode(200)
                .body("llm.budget", equalTo("2.50"));

        run.awaitEnd("SUCCEEDED");
    }

    @Test
    void resumingByManyAtATimeIsResumingOnce() throws Exception {
        SubmittedRun run = atWork();
        pause(run, PauseReason.BUDGET);
        Callable<Integer> click =
                () -> resume(run, Map.of("budget", "5")).extract().statusCode();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(8, click))) {
                statuses.add(status.get());
            }
        }

        assertEquals(Collections.nCopies(8, 200), statuses);
        run.awaitEnd("SUCCEEDED");
        resume(run, Map.of("budget", "5")).statusCode(409).body("code", equalTo("CONFLICT"));
    }

    @Test
    void onlyAPausedRunIsResumed() {
        SubmittedRun run = atWork();

        resume(run, Map.of()).statusCode(409).body("code", equalTo("CONFLICT"));
        resume(run, Map.of("budget", "5")).statusCode(409);
        run.cancel();
        resume(run, Map.of()).statusCode(409);
    }

    @Test
    void wrongBudgetsResumeNothing() {
        SubmittedRun run = atWork();
        pause(run, PauseReason.BUDGET);

        for (Object budget : List.of("0", "-1", "much", "1e3", "0.1234567890123", "1000001")) {
            resume(run, Map.of("budget", budget))
                    .statusCode(422)
                    .body("code", equalTo("OUT_OF_RANGE"))
                    .body("errors.pointer", hasItem("/budget"));
        }
        resume(run, Map.of("budget", 5)).statusCode(400).body("code", equalTo("WRONG_TYPE"));
        resume(run, Map.of("money", "5")).statusCode(400).body("code", equalTo("UNKNOWN_FIELD"));
        assertEquals("PAUSED", run.look().getString("status"));
        run.cancel().statusCode(200);
    }

    @Test
    void pausedRunIsCancelledButNotDeletedOrRetried() {
        SubmittedRun run = atWork();
        pause(run, PauseReason.QUOTA_EXHAUSTED);

        run.delete().statusCode(409);
        run.retry().statusCode(409).body("detail", equalTo("The run is PAUSED; resume or cancel it first."));
        run.cancel().statusCode(200).body("status", equalTo("CANCELLED"));
        run.delete().statusCode(204);
    }

    @Test
    void pausingTwiceAndAfterTheEndChangesNothing() throws Exception {
        SubmittedRun run = atWork();
        pause(run, PauseReason.BUDGET);
        pause(run, PauseReason.KEY_REFUSED);
        run.get("").body("llm.pauseReason", equalTo("BUDGET"));

        run.cancel().statusCode(200);
        pause(run, PauseReason.BUDGET);

        run.get("").body("status", equalTo("CANCELLED"));
    }

    @Test
    void runsThatArePausedAndResumedAllTheTimeEndWithEveryRecordOnce() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(200)
                .with("batchSize", 5)
                .with("llm", Map.of())
                .submit();

        for (int round = 0; round < 8; round++) {
            pause(run, PauseReason.BUDGET);
            if (run.look().getString("status").equals("PAUSED")) {
                resume(run, Map.of("budget", (round + 3) + ".00")).statusCode(200);
            }
        }

        assertEquals(200, run.awaitEnd("SUCCEEDED").getInt("records.succeeded"));
        assertEquals(RunOrder.numbers(200), run.results("json", "final"));
    }

    private static SubmittedRun atWork() {
        return RunOrder.ofNumbers(10)
                .main(SLOW)
                .with("batchSize", 1)
                .with("llm", Map.of())
                .submit();
    }

    /** As the ledger does when a call cannot go up; returns when the script may be told. */
    private void pause(SubmittedRun run, PauseReason reason) {
        demands.fire(new RunMustPause(
                UUID.fromString(run.id()), reason, Picodollars.ofDollars("0.25"), "The budget is used up."));
    }

    private static ValidatableResponse resume(SubmittedRun run, Map<String, Object> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(run.path() + "/resume")
                .then();
    }
}
