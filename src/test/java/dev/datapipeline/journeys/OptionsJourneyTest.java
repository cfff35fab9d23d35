package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.Containers;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run can be told about how it is done. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class OptionsJourneyTest {
    private static final String FAIL = "def transform(record):\n    raise ValueError('no')\n";
    /** Counts the records that this container has seen, whatever process of it. */
    private static final String REMEMBER = """
            def transform(record):
                with open("/tmp/seen", "a") as seen:
                    seen.write("x")
                with open("/tmp/seen") as seen:
                    return {"seen": len(seen.read())}
            """;

    @Test
    void isolatedBatchesNeverMeetEachOther() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(6)
                .main(REMEMBER)
                .with("batchSize", 2)
                .with("isolation", "batch")
                .submit();
        run.awaitEnd("SUCCEEDED");

        assertEquals(List.of(1, 2, 1, 2, 1, 2), run.records("").getList("items.stages.flatten().value.seen"));
        assertEquals(3, Containers.sandboxes(run).size());
    }

    @Test
    void batchesOfARunShareSandboxesByDefault() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(20).with("batchSize", 1).submit();
        run.awaitEnd("SUCCEEDED");

        int slots = Runtime.getRuntime().availableProcessors();
        assertTrue(Containers.sandboxes(run).size() <= slots, Containers.sandboxes(run) + " of " + slots);
    }

    @Test
    void asynchronousRecordsWaitTogether() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(40)
                .main("""
                        import asyncio

                        async def transform(record):
                            await asyncio.sleep(0.5)
                            return record
                        """)
                .with("batchSize", 40)
                .with("recordConcurrency", 20)
                .submit();
        run.awaitEnd("SUCCEEDED");

        int duration = run.get("/batches/0").extract().path("durationMs");
        assertTrue(duration < 40 * 500 / 2, "40 records of 0.5 s took " + duration + " ms");
        assertEquals(RunOrder.numbers(40), run.results("json", "final"));
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "10%, 2", "0, 0", "0%, 0"})
    void moreFailuresThanToleratedStopTheRun(String tolerated, int count) throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(20)
                .main(FAIL)
                .with("batchSize", 1)
                .with("toleratedFailures", tolerated.endsWith("%") ? tolerated : Integer.valueOf(tolerated))
                .submit();

        JsonPath ended = run.awaitEnd("FAILED");

        assertEquals(count, ended.getInt("toleratedFailures"));
        assertEquals("More records failed than the run tolerates.", ended.getString("statusReason"));
        assertEquals(count + 1, ended.getInt("records.failed"));
        assertEquals(19 - count, ended.getInt("records.cancelled"));
        assertEquals(19 - count, ended.getInt("batches.cancelled"));
    }

    @Test
    void asManyFailuresAsToleratedDoNot() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(20)
                .main(
                        "def transform(record):\n    if record['n'] < 2:\n        raise ValueError('no')\n    return record\n")
                .with("batchSize", 1)
                .with("toleratedFailures", "10%")
                .submit();

        assertEquals(18, run.awaitEnd("PARTIAL").getInt("records.succeeded"));
    }

    @Test
    void traceOfTheFinalValueKeepsTheLastOneOnly() throws Exception {
        SubmittedRun run = RunOrder.of("[{\"n\":0},{\"n\":1}]")
                .step(
                        "one",
                        RunOrder.UNCHANGED,
                        "def transform(record):\n    if record['n']:\n        raise ValueError('no')\n    return {'n': 'main'}\n",
                        null)
                .with("trace", "final")
                .submit();
        run.awaitEnd("PARTIAL");

        run.get("/records")
                .body("items[0].stages", hasSize(1))
                .body("items[0].stages[0].stage", equalTo("main"))
                .body("items[0].stages[0].value.n", equalTo("main"))
                .body("items[1].status", equalTo("FAILED"))
                .body("items[1].stages.stage", contains("pre"));
        assertEquals("[{\"n\":\"main\"}]", run.results("json", "final"));
    }

    @Test
    void batchesAtOnceAreAsManyAsAsked() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(6)
                .main("import time\ndef transform(record):\n    time.sleep(0.2)\n    return record\n")
                .with("batchSize", 1)
                .with("maxParallelBatches", 1)
                .submit();

        run.await("the end, never two at once", look -> {
            assertTrue(look.getInt("batches.running") <= 1);
            return look.getString("status").equals("SUCCEEDED");
        });
    }
}
