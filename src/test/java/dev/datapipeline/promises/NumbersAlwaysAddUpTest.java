package dev.datapipeline.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * At every look, while a run goes on and after: succeeded + failed + skipped + cancelled + pending = total, nothing that was counted is
 * taken back, and what is counted is what can be read.
 */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class NumbersAlwaysAddUpTest {
    private static final List<String> FINAL = List.of("succeeded", "failed", "skipped");
    private static final String MIXED = """
            import time

            def transform(record):
                time.sleep(0.005)
                if record["n"] % 7 == 3:
                    raise ValueError("three")
                if record["n"] % 7 == 5:
                    raise SkipRecord("five")
                return record
            """;

    private final Map<String, Integer> before = new HashMap<>();

    @Test
    void numbersAddUpDuringTheRun() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(700).main(MIXED).with("batchSize", 20).submit();

        run.await("the end", this::isOverAndNeverWentBack);

        assertEquals(
                Map.of("total", 700, "succeeded", 500, "failed", 100, "skipped", 100, "cancelled", 0, "pending", 0),
                run.look().getMap("records"));
        assertReadable(run);
    }

    @Test
    void numbersAddUpWhileFailedRecordsRunAgain() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(700).main(MIXED).with("batchSize", 20).submit();
        run.awaitEnd("PARTIAL");

        run.retry().statusCode(202);

        run.await("the end", this::isOverAndNeverWentBack);
        assertEquals(
                Map.of("total", 700, "succeeded", 500, "failed", 100, "skipped", 100, "cancelled", 0, "pending", 0),
                run.look().getMap("records"));
        assertReadable(run);
    }

    @Test
    void numbersAddUpWhenTheRunIsCancelledInTheMiddle() throws Exception {
        SubmittedRun run =
                RunOrder.ofNumbers(700).main(MIXED).with("batchSize", 20).submit();
        run.await("a part", look -> look.getInt("batches.succeeded") >= 5);

        run.cancel().statusCode(200);

        JsonPath after = run.look();
        assertEquals(0, after.getInt("records.pending"));
        assertTrue(after.getInt("records.cancelled") > 0);
        assertReadable(run);
        assertEquals(after.getMap("records"), run.look().getMap("records"), "nothing is counted after the end");
    }

    /** As many records of each status can be read as are counted. */
    private static void assertReadable(SubmittedRun run) {
        Map<String, Integer> counts = run.look().getMap("records");
        for (String status : List.of("succeeded", "failed", "skipped", "cancelled", "pending")) {
            JsonPath page = run.records("?limit=1000&status=" + status.toUpperCase(java.util.Locale.ROOT));
            assertEquals(counts.get(status), page.getList("items").size(), status);
            assertEquals(counts.get(status), page.getInt("total"), status);
        }
        int failures = run.get("/failures").extract().jsonPath().<Integer>getList("items.count").stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertEquals(run.look().getInt("records.failed"), failures);
    }

    private boolean isOverAndNeverWentBack(JsonPath look) {
        for (String status : FINAL) {
            int now = look.getInt("records." + status);
            Integer last = before.put(status, now);
            assertTrue(last == null || now >= last, status + ": " + last + " became " + now);
        }
        return look.getInt("records.pending") == 0;
    }
}
