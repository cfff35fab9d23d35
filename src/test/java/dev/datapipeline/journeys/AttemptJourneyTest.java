package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run has kept of its attempts, and which of them made a record. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class AttemptJourneyTest {
    private static final String THREES_FAIL = """
            def transform(record):
                if record["n"] % 3 == 0:
                    raise ValueError("three")
                return record
            """;

    private static final String SIXES_FAIL = """
            def transform(record):
                if record["n"] % 6 == 0:
                    raise KeyError("six")
                return record
            """;

    private static final String ALL_SUCCEED = "def transform(record): return record";

    private static final String DIES = """
            import os

            def transform(record):
                os.kill(os.getppid(), 9)
            """;

    @Test
    void everyAttemptStaysWithItsScriptsAndItsFigures() throws Exception {
        SubmittedRun run = threesFail();
        run.get("/attempts").body("items.number", contains(1)).body("items[0].status", equalTo("PARTIAL"));

        retry(run, SIXES_FAIL, "PARTIAL");
        run.retry().statusCode(202);
        run.awaitEnd("PARTIAL");
        retry(run, ALL_SUCCEED, "SUCCEEDED");

        run.get("/attempts")
                .body("items.number", contains(4, 3, 2, 1))
                .body("items.status", contains("SUCCEEDED", "PARTIAL", "PARTIAL", "PARTIAL"))
                .body("items.records.succeeded", contains(20, 16, 16, 13))
                .body("items.records.failed", contains(0, 4, 4, 7))
                .body("items.hasOtherScripts", contains(true, false, true, false))
                .body("items.cause", contains(nullValue(), nullValue(), nullValue(), nullValue()))
                .body("items[3].startedAt", notNullValue())
                .body("items[3].finishedAt", notNullValue());
        assertEquals(
                List.of(THREES_FAIL, SIXES_FAIL, SIXES_FAIL, ALL_SUCCEED),
                IntStream.rangeClosed(1, 4)
                        .mapToObj(number -> run.get("/attempts/" + number + "/steps")
                                .extract()
                                .jsonPath()
                                .getString("[0].main.source"))
                        .toList());
    }

    @Test
    void recordsSayWhichAttemptMadeThem() throws Exception {
        SubmittedRun run = threesFail();
        run.get("/records").body("items[0]", not(hasKey("attempt")));

        retry(run, SIXES_FAIL, "PARTIAL");
        run.retry().statusCode(202);
        run.awaitEnd("PARTIAL");

        List<Integer> expected = IntStream.range(0, 20)
                .mapToObj(n -> n % 6 == 0 ? 3 : n % 3 == 0 ? 2 : 1)
                .toList();
        assertEquals(expected, run.records("?limit=20").getList("items.attempt"));
        assertEquals(List.of(2), run.records("?offset=3&limit=1").getList("items.attempt"));
        assertEquals(
                expected,
                run.get("/results?format=json&columns=index,attempt")
                        .extract()
                        .jsonPath()
                        .getList("attempt"));
    }

    @Test
    void recordsThatWereCancelledBelongToTheAttemptThatRanThem() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(4)
                .main(
                        "import time\ndef transform(record):\n    time.sleep(60 if record['n'] else 0)\n    return record")
                .with("batchSize", 1)
                .submit();
        run.await("the first record", look -> look.getInt("records.succeeded") == 1);
        run.cancel().statusCode(200);

        retry(run, ALL_SUCCEED, "SUCCEEDED");

        assertEquals(List.of(1, 2, 2, 2), run.records("").getList("items.attempt"));
    }

    @Test
    void recordsOfABatchThatBrokeInARetryBelongToIt() throws Exception {
        SubmittedRun run = threesFail();

        retry(run, DIES, "PARTIAL");

        assertEquals(Collections.nCopies(7, 2), run.records("?status=FAILED").getList("items.attempt"));
    }

    @Test
    void onlyAttemptsOfTheRunAreFound() throws Exception {
        SubmittedRun run = threesFail();

        for (String path : List.of(
                run.path() + "/attempts/0/steps",
                run.path() + "/attempts/2/steps",
                "/api/v1/runs/01234567-89ab-cdef-0123-456789abcdef/attempts")) {
            given().get(path).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        }
    }

    /** Of 20 records every third fails, the first included. */
    private static SubmittedRun threesFail() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(20).main(THREES_FAIL).with("batchSize", 7).submit();
        run.awaitEnd("PARTIAL");
        return run;
    }

    private static void retry(SubmittedRun run, String main, String end) throws Exception {
        run.retry(Map.of("pipeline", RunOrder.ofNumbers(1).main(main).pipeline()))
                .statusCode(202);
        run.awaitEnd(end);
    }
}
