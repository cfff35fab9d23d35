package dev.datapipeline.journeys;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.stub.StubResource;
import dev.datapipeline.testing.Containers;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records that run again get the answers that were paid. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@WithTestResource(StubResource.class)
class ModelReplayJourneyTest extends ModelJourney {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void retriedRecordGetsTheAnswerThatWasPaid() throws Exception {
        SubmittedRun run = calling(3, ASK + """
                def transform(record):
                    said = ask('number %d' % record['n'])
                    if record['n'] == 1:
                        raise ValueError('not yet')
                    return {'said': said}
                """).submit();
        run.awaitEnd("PARTIAL");
        assertEquals(3, stub.requests().size());
        assertEquals("FAILED", run.records("").getString("items[1].status"));

        Map<String, Object> corrected = new HashMap<>();
        corrected.put("pipeline", RunOrder.ofNumbers(1).main(TRANSFORM).pipeline());
        run.retry(corrected).statusCode(202);
        run.awaitEnd("SUCCEEDED");

        assertEquals("Paris", run.records("").getString("items[1].stages[0].value.said"));
        assertEquals(3, stub.requests().size());
        JsonPath books = run.await("the replay", look -> look.getLong("llm.replays") == 1);
        assertEquals("0.00018", books.getString("llm.spent"));
    }

    @Test
    void recordsOfAKilledSandboxGetTheAnswersThatWerePaid() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        stub.on(StubResource.MODEL, exchange -> {
            if (calls.incrementAndGet() == 2) {
                exchange.hang();
            }
            answer(exchange);
        });
        SubmittedRun run = calling(2, TRANSFORM).submit();
        Eventually.eventually("the second call", LONG, () -> stub.requests().size() == 2);

        killSandbox();
        stub.reset();
        run.awaitEnd("SUCCEEDED");

        assertEquals(
                List.of("number 0", "number 1", "number 1"),
                stub.requests().stream()
                        .map(request -> request.text().replaceAll("(?s).*(number \\d).*", "$1"))
                        .toList());
        JsonPath books = run.await("the replay", look -> look.getLong("llm.replays") == 1);
        assertEquals("0.00012", books.getString("llm.spent"));
        assertTrue(books.getDouble("llm.unsettled") > 0);
    }

    @Test
    void answersThatAScriptAsksForWhileItIsLoadedArePaidOnce() throws Exception {
        SubmittedRun run = calling(3, ASK + """
                SAID = ask('number 0')

                def transform(record):
                    return {'said': SAID}
                """)
                .with("batchSize", 1)
                .with("maxParallelBatches", 1)
                .with("isolation", "batch")
                .submit();

        run.awaitEnd("SUCCEEDED");

        assertEquals(1, stub.requests().size());
        assertEquals("Paris", run.records("").getString("items[2].stages[0].value.said"));
        run.await("the replays", look -> look.getLong("llm.replays") == 2);
        run.get("/llm/batches").body("items.size()", equalTo(0)).body("withoutBatch.calls", equalTo(3));
    }

    /** Kills all sandboxes of this service; others of the pool are made again. */
    private static void killSandbox() throws IOException, InterruptedException {
        String installation = Files.readString(Containers.dataFolder().resolve("installation"))
                .strip();
        Process docker = new ProcessBuilder(
                        "sh",
                        "-c",
                        "docker kill $(docker ps -q --filter label=dev.datapipeline.installation=" + installation + ")")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        docker.waitFor();
    }

    @Test
    void recordsOfAPausedRunGetTheAnswersThatWerePaid() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(3)
                .main(TRANSFORM)
                .with("llm", Map.of("budget", "0.0004", "maxOutputTokens", 20))
                .with("batchSize", 1)
                .submit();
        JsonPath paused =
                run.await("the pause", look -> look.getString("status").equals("PAUSED"));
        assertTrue(paused.getString("statusReason").contains("budget"), paused.getString("statusReason"));

        resume(run, Map.of("budget", "1")).statusCode(200);
        run.awaitEnd("SUCCEEDED");

        assertEquals(3, stub.requests().size());
        assertEquals("0.00018", awaitBooks(run, 3).getString("llm.spent"));
    }
}
