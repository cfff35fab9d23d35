package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.stub.StubResource;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scripts that call a model, what that costs, and what happens when money or key do not last. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@WithTestResource(StubResource.class)
class ModelSpendingJourneyTest extends ModelJourney {
    private static final int RECORDS = 40;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CHAT = """
            from datapipeline import chat

            def transform(record):
                return {"said": chat(f"say {record['n']}", model="m", max_tokens=10)}
            """;

    /** Of ten tokens in and five out, at one and ten dollars a million. */
    private static final BigDecimal COST = new BigDecimal("0.00006");

    @Test
    void runAndRecordsSayWhatTheirCallsCost() throws Exception {
        SubmittedRun run = asking("1.00");
        run.awaitEnd("SUCCEEDED");
        awaitSpent(run, RECORDS);

        run.get("")
                .body("llm.calls", equalTo(RECORDS))
                .body("llm.promptTokens", equalTo(10 * RECORDS))
                .body("llm.completionTokens", equalTo(5 * RECORDS))
                .body("llm.spent", equalTo("0.0024"))
                .body("llm.unsettled", equalTo("0.00"))
                .body("llm.reserved", equalTo("0.00"))
                .body("llm.projectedLow", nullValue());
        run.get("/records?limit=1")
                .body("items[0].llm.calls", equalTo(1))
                .body("items[0].llm.cost", equalTo("0.00006"));
        run.get("/llm")
                .body("stages", hasSize(1))
                .body("stages[0].step", equalTo("clean"))
                .body("stages[0].script", equalTo("main"))
                .body("stages[0].model", equalTo("m"))
                .body("stages[0].calls", equalTo(RECORDS))
                .body("stages[0].spent", equalTo("0.0024"))
                .body("slowest", hasSize(5))
                .body("dearest", hasSize(5))
                .body("failed", hasSize(0));
        run.get("/llm/batches?offset=2&limit=2")
                .body("items.batch", equalTo(List.of(2, 3)))
                .body("items.calls", equalTo(List.of(4, 4)))
                .body("items[0].promptTokens", equalTo(40))
                .body("items[0].cost", equalTo("0.00024"))
                .body("withoutBatch", nullValue())
                .body("total", equalTo(RECORDS / 4));
        run.get("/llm/calls?record=7")
                .body("calls", hasSize(1))
                .body("calls[0].record", equalTo(7))
                .body("calls[0].stage", equalTo(0))
                .body("calls[0].step", equalTo("clean"))
                .body("calls[0].status", equalTo("SUCCEEDED"))
                .body("calls[0].httpStatus", equalTo(200))
                .body("calls[0].cost", equalTo("0.00006"));
        assertEquals(RECORDS, pages(run));
    }

    /** Counts the calls of all pages. */
    private static int pages(SubmittedRun run) {
        int calls = 0;
        String cursor = "";
        while (cursor != null) {
            JsonPath page = run.get("/llm/calls?limit=7" + cursor).extract().jsonPath();
            calls += page.getList("calls").size();
            cursor = page.get("next") == null ? null : "&cursor=" + page.getString("next");
        }
        return calls;
    }

    @Test
    void runWithoutMoneyIsPausedAndNoRecordFails() throws Exception {
        SubmittedRun run = asking("0.001");
        JsonPath paused =
                run.await("the pause", look -> look.getString("status").equals("PAUSED"));

        assertEquals("BUDGET", paused.getString("llm.pauseReason"));
        assertTrue(paused.getString("statusReason").contains("Raise the budget"), paused.getString("statusReason"));
        assertEquals(0, paused.getInt("records.failed"));
        Eventually.eventually(
                "nothing is reserved",
                SOON,
                () -> run.look().getString("llm.reserved").equals("0.00"));
        JsonPath settled = run.look();
        BigDecimal spent = money(settled, "spent").add(money(settled, "unsettled"));
        assertTrue(spent.compareTo(new BigDecimal("0.001")) <= 0, spent + " is over the budget");
        assertTrue(billed().compareTo(spent) <= 0, "the books are not below the bill");
        assertTrue(money(settled, "needed").signum() > 0);
        assertTrue(money(settled, "projectedLow").compareTo(money(settled, "projectedHigh")) <= 0);
        resume(run, Map.of("budget", "0.0001")).statusCode(422).body("errors[0].pointer", equalTo("/budget"));
        resume(run, Map.of()).statusCode(200);
        run.await("the next pause", look -> look.getString("status").equals("PAUSED"));

        resume(run, Map.of("budget", "1.00")).statusCode(200);
        JsonPath ended = run.awaitEnd("SUCCEEDED");
        assertEquals(RECORDS, ended.getInt("records.succeeded"));
        assertTrue(stub.requests().size() <= RECORDS + 10, "calls that were paid are not made again");
    }

    @Test
    void refusedKeyPausesTheRunUntilItIsAccepted() throws Exception {
        stub.on("m", exchange -> exchange.error(401, "invalid_api_key", "wrong key " + StubResource.KEY));
        SubmittedRun run = asking("1.00");
        JsonPath paused =
                run.await("the pause", look -> look.getString("status").equals("PAUSED"));
        assertEquals("KEY_REFUSED", paused.getString("llm.pauseReason"));
        assertEquals(0, paused.getInt("records.failed"));

        stub.on("m", ModelJourney::answer);
        resume(run, Map.of()).statusCode(200);

        run.awaitEnd("SUCCEEDED");
        run.get("/llm").body("failed[0].httpStatus", equalTo(401)).body("failed[0].error", notNullValue());
        String calls = run.get("/llm/calls?status=FAILED").extract().asString();
        assertTrue(!calls.contains(StubResource.KEY), "the key is in no answer");
    }

    @Test
    void callsThatTheUpstreamRejectsFailTheirRecordOnly() throws Exception {
        stub.on("m", exchange -> {
            if (exchange.request().text().contains("say 3\"")) {
                exchange.error(400, "bad", "no such thing");
            } else {
                answer(exchange);
            }
        });
        SubmittedRun run = asking("1.00");

        assertEquals(1, run.awaitEnd("PARTIAL").getInt("records.failed"));
        run.get("/records?status=FAILED")
                .body("items[0].index", equalTo(3))
                .body("items[0].error.message", containsString("no such thing"));
        run.get("/llm/calls?status=FAILED").body("calls.record", equalTo(List.of(3)));
    }

    @Test
    void trialTellsWhatItsCallsHaveCost() {
        Map<String, Object> trial = Map.of(
                "pipeline", RunOrder.ofNumbers(1).main(TRANSFORM).pipeline(),
                "records", List.of(Map.of("n", 101), Map.of("n", 102)),
                "llm", Map.of());

        given().contentType(ContentType.JSON)
                .body(trial)
                .post("/api/v1/try")
                .then()
                .statusCode(200)
                .body("records[1].stages[0].value.said", equalTo("Paris"))
                .body("records[1].llm.calls", equalTo(1))
                .body("records[1].llm.cost", equalTo("0.00006"))
                .body("llm.calls", equalTo(2))
                .body("llm.completionTokens", equalTo(10))
                .body("llm.cost", equalTo("0.00012"));
    }

    @Test
    void trialBeyondItsBudgetIsRefused() {
        Map<String, Object> trial = Map.of(
                "pipeline", RunOrder.ofNumbers(1).main(TRANSFORM).pipeline(),
                "records", List.of(Map.of("n", 201)),
                "llm", Map.of("budget", "0.000001"));

        given().contentType(ContentType.JSON)
                .body(trial)
                .post("/api/v1/try")
                .then()
                .statusCode(200)
                .body("records[0].error.message", containsString("402"))
                .body("llm.cost", equalTo("0.00"));
        assertEquals(List.of(), stub.requests());
    }

    private static SubmittedRun asking(String budget) {
        return RunOrder.ofNumbers(RECORDS)
                .main(CHAT)
                .with("batchSize", 4)
                .with("llm", Map.of("budget", budget, "models", List.of("m")))
                .submit();
    }

    private BigDecimal billed() {
        return COST.multiply(BigDecimal.valueOf(stub.requests().size()));
    }

    private static BigDecimal money(JsonPath run, String what) {
        return new BigDecimal(run.getString("llm." + what));
    }

    private static void awaitSpent(SubmittedRun run, int calls) throws Exception {
        BigDecimal expected = COST.multiply(BigDecimal.valueOf(calls));
        Eventually.eventually(
                expected + " spent", SOON, () -> money(run.look(), "spent").compareTo(expected) == 0);
    }
}
