package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.Containers;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ending a run before its time, and what is left of it. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class CancelJourneyTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    /** The first two records are done at once, the others never. */
    private static final String STUCK = """
            import ctypes
            import time

            PR_SET_NAME = 15

            def transform(record):
                if record["n"] >= 2:
                    ctypes.CDLL(None).prctl(PR_SET_NAME, b"stuck")
                    time.sleep(3600)
                return record
            """;

    @ParameterizedTest
    @ValueSource(strings = {"run", "batch"})
    void runningRunIsCancelledAndKeepsWhatIsFinished(String isolation) throws Exception {
        SubmittedRun run = stuck(isolation);
        run.await(
                "two finished, two stuck",
                look -> look.getInt("batches.running") == 2 && look.getInt("records.succeeded") == 2);
        Eventually.eventually(
                "two sandboxes are stuck", () -> Containers.withProcess("stuck").size() == 2);
        List<String> sandboxes = Containers.withProcess("stuck");

        run.cancel().statusCode(200).body("status", equalTo("CANCELLED"));

        assertEquals(
                Map.of("total", 10, "succeeded", 2, "failed", 0, "skipped", 0, "cancelled", 8, "pending", 0),
                run.look().getMap("records"));
        assertEquals(0, run.look().getInt("batches.running"));
        Eventually.eventually(
                "no sandbox of " + sandboxes, SOON, () -> Collections.disjoint(sandboxes, Containers.list()));
        assertEquals("[{\"n\":0},{\"n\":1}]", run.results("json", "final"));
        assertEquals(8, run.records("?status=CANCELLED").getInt("total"));
    }

    @Test
    void cancellingTwiceIsCancellingOnce() throws Exception {
        SubmittedRun run = stuck("run");

        run.cancel().statusCode(200).body("status", equalTo("CANCELLED"));
        run.cancel().statusCode(200).body("status", equalTo("CANCELLED"));

        assertEquals(10, run.look().getInt("records.cancelled") + run.look().getInt("records.succeeded"));
    }

    @Test
    void finishedRunIsNotCancelled() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd("SUCCEEDED");

        run.cancel().statusCode(409).body("code", equalTo("CONFLICT")).body("detail", containsString("SUCCEEDED"));
    }

    @Test
    void cancellingAtAnyMomentLeavesNoSandboxBehind() throws Exception {
        for (int batches = 0; batches < 6; batches++) {
            int finished = batches;
            SubmittedRun run = RunOrder.ofNumbers(200).with("batchSize", 1).submit();
            run.await("some batches", look -> look.getInt("batches.succeeded") >= finished);

            run.cancel();

            assertTrue(List.of("CANCELLED", "SUCCEEDED").contains(run.look().getString("status")));
            Eventually.eventually(
                    "no sandbox of the run", SOON, () -> Containers.ofRun(run).isEmpty());
        }
    }

    @Test
    void deletesFinishedRunsOnly() throws Exception {
        SubmittedRun run = stuck("run");
        run.await("results", look -> look.getInt("records.succeeded") == 2);
        run.delete().statusCode(409).body("code", equalTo("CONFLICT"));
        run.cancel().statusCode(200);
        Path results = Containers.dataFolder().resolve("blobs/runs").resolve(run.id());
        assertTrue(Files.exists(results));

        run.delete().statusCode(204);

        run.delete().statusCode(404);
        run.get("").statusCode(404);
        run.get("/records").statusCode(404);
        run.get("/results").statusCode(404);
        run.get("/failures").statusCode(404);
        run.get("/batches").statusCode(404);
        run.get("/batches/0").statusCode(404);
        run.get("/batches/0/log").statusCode(404);
        run.cancel().statusCode(404);
        Eventually.eventually("no results of the run", SOON, () -> Files.notExists(results));
    }

    @Test
    void runThatManyDeleteAtATimeIsDeletedOnce() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1).submit();
        run.awaitEnd("SUCCEEDED");
        Callable<Integer> deletion = () -> run.delete().extract().statusCode();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(8, deletion))) {
                statuses.add(status.get());
            }
        }

        assertEquals(
                List.of(204, 404, 404, 404, 404, 404, 404, 404),
                statuses.stream().sorted().toList());
    }

    private static SubmittedRun stuck(String isolation) {
        return RunOrder.ofNumbers(10)
                .main(STUCK)
                .with("batchSize", 1)
                .with("isolation", isolation)
                .submit();
    }
}
