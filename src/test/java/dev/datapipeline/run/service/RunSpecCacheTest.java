package dev.datapipeline.run.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.RunSpecQueries;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunSpecCacheTest {
    private static final String OLD = "def transform(record): return record";
    private static final String CORRECTED = "def transform(record): return {}";

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final RunSpecCache specs =
            new RunSpecCache(new RunSpecQueries(transactions), (environment, folder) -> {}, new ObjectMapper());
    private final Rows rows = new Rows(TestDatabase.shared());
    private UUID run;

    @BeforeEach
    void submit() throws SQLException {
        run = submitted(OLD);
    }

    @Test
    void scriptsAreReadWhenASandboxLoadsThem() throws Exception {
        RunSpec spec = specs.get(run, 0).orElseThrow();

        try (HeldPipeline held = spec.pipeline().open()) {
            EnginePipeline pipeline = held.pipeline();
            assertEquals(OLD, pipeline.steps().getFirst().stages().getFirst().source());
            assertEquals(Duration.ofSeconds(1), pipeline.recordTimeout());
            assertTrue(pipeline.keepsAllStages());
        }
    }

    /** As on a worker that has not heard of the end of the run, nor of the retry, both of which happened in another process. */
    @Test
    void retryNeverMeetsTheScriptsFromBefore() throws Exception {
        RunSpec before = specs.get(run, 0).orElseThrow();
        rows.execute("update run set retries = 1, steps = ?::jsonb where id = ?", steps(CORRECTED), run);

        SandboxFailureException refused = assertThrows(
                SandboxFailureException.class, () -> before.pipeline().open());

        assertEquals(SandboxFailure.CLOSED, refused.failure());
        try (HeldPipeline held = specs.get(run, 1).orElseThrow().pipeline().open()) {
            assertEquals(
                    CORRECTED,
                    held.pipeline().steps().getFirst().stages().getFirst().source());
        }
    }

    @Test
    void claimFromBeforeARetryFindsNothing() throws Exception {
        rows.execute("update run set retries = 1 where id = ?", run);

        assertTrue(specs.get(run, 0).isEmpty());
        assertEquals(1, specs.find(new RunRef(run)).orElseThrow().retries());
    }

    @Test
    void scriptsOfADeletedRunAreClosed() throws Exception {
        RunSpec spec = specs.get(run, 0).orElseThrow();
        rows.execute("delete from run where id = ?", run);

        SandboxFailureException refused = assertThrows(
                SandboxFailureException.class, () -> spec.pipeline().open());

        assertEquals(SandboxFailure.CLOSED, refused.failure());
    }

    @Test
    void longScriptsWaitForMemoryAndShortOnesDoNot() throws Exception {
        RunScripts scripts = new RunScripts(
                new RunSpecQueries(transactions),
                (environment, folder) -> {},
                new ObjectMapper(),
                RunScripts.UNCOUNTED);
        UUID first = submitted("#" + "x".repeat((int) RunScripts.UNCOUNTED - 1), OLD);
        UUID second = submitted("#" + "y".repeat((int) RunScripts.UNCOUNTED - 1), OLD);

        CompletableFuture<HeldPipeline> waiting;
        try (HeldPipeline held = scripts.open(first, 0)) {
            waiting = CompletableFuture.supplyAsync(() -> opened(scripts, second));
            scripts.open(run, 0).close();
            assertEquals(2, held.pipeline().steps().size());
            assertFalse(waiting.isDone());
        }

        waiting.get(20, TimeUnit.SECONDS).close();
        scripts.open(first, 0).close();
    }

    @Test
    void outlineHasNamesAndStagesInRunningOrder() throws Exception {
        rows.execute("update run set steps = ?::jsonb where id = ?", """
                [{"name": "tidy", "main": {"name": "a.py", "source": "a"}, "post": {"name": "b.py", "source": "b"}},
                 {"name": "clean", "pre": {"name": "c.py", "source": "c"}, "main": {"name": "d.py", "source": "d"}}]""", run);

        assertEquals(
                List.of(
                        new StepOutline("tidy", List.of("main", "post")),
                        new StepOutline("clean", List.of("pre", "main"))),
                specs.outline(new RunRef(run)));
    }

    @Test
    void missingRunHasNoOutline() {
        ProblemException missing =
                assertThrows(ProblemException.class, () -> specs.outline(new RunRef(UUID.randomUUID())));

        assertEquals(ProblemType.NOT_FOUND, missing.type());
    }

    private static HeldPipeline opened(RunScripts scripts, UUID run) {
        try {
            return scripts.open(run, 0);
        } catch (SandboxFailureException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private UUID submitted(String... sources) throws SQLException {
        UUID submitted = rows.run(1);
        rows.execute("update run set steps = ?::jsonb where id = ?", steps(sources), submitted);
        return submitted;
    }

    private static String steps(String... sources) {
        StringBuilder steps = new StringBuilder("[");
        for (int step = 0; step < sources.length; step++) {
            steps.append(step == 0 ? "" : ",")
                    .append("{\"name\": \"%d\", \"main\": {\"name\": \"m.py\", \"source\": \"%s\"}}"
                            .formatted(step, sources[step]));
        }
        return steps.append("]").toString();
    }
}
