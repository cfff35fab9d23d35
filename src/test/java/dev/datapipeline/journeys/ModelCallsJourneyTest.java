package dev.datapipeline.journeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.stub.StubExchange;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scripts in real sandboxes call a scripted upstream: what they get, and what they do not get. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@WithTestResource(StubResource.class)
class ModelCallsJourneyTest extends ModelJourney {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void recordsGetTheirAnswersAndTheirCost() throws Exception {
        SubmittedRun run = calling(3, TRANSFORM).submit();
        run.awaitEnd("SUCCEEDED");

        JsonPath books = awaitBooks(run, 3);
        assertEquals("0.00018", books.getString("llm.spent"));
        assertEquals(30, books.getLong("llm.promptTokens"));
        JsonPath records = run.records("");
        assertEquals("Paris", records.getString("items[2].stages[0].value.said"));
        assertEquals(1, records.getInt("items[2].llm.calls"));
        assertEquals("0.00006", records.getString("items[2].llm.cost"));
        assertEquals(
                List.of("Bearer " + StubResource.KEY),
                stub.requests().stream()
                        .map(request -> request.header("authorization"))
                        .distinct()
                        .toList());
    }

    @Test
    void chatNeedsNoPackageAndNoAddress() throws Exception {
        String script = """
                from datapipeline import chat
                def transform(record):
                    return {'said': chat('Where?', model='m')}
                """;
        SubmittedRun run = calling(1, script).submit();
        run.awaitEnd("SUCCEEDED");

        assertEquals("Paris", run.records("").getString("items[0].stages[0].value.said"));
    }

    @Test
    void scriptsOfARunThatAsksForNoModelsReachNone() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(1)
                .main("import os\ndef transform(record):\n    return {'is': 'OPENAI_BASE_URL' in os.environ}\n")
                .submit();
        run.awaitEnd("SUCCEEDED");

        assertFalse(run.records("").getBoolean("items[0].stages[0].value.is"));
        assertEquals(List.of(), stub.requests());
    }

    @Test
    void keyOfTheUpstreamIsNowhere() throws Exception {
        stub.on(StubResource.MODEL, exchange -> exchange.error(400, "bad_request", "no: " + StubResource.KEY));
        SubmittedRun run = calling(1, ASK + """
                import glob
                def transform(record):
                    try:
                        ask('x')
                    except Exception as refused:
                        print(refused, refused.read())
                    seen = {name: value for name, value in os.environ.items()}
                    for path in glob.glob('/proc/*/environ') + glob.glob('/proc/*/cmdline'):
                        try:
                            seen[path] = open(path, 'rb').read().decode('latin-1')
                        except OSError:
                            pass
                    return seen
                """).submit();
        run.awaitEnd("SUCCEEDED");

        run.get("/records").body(not(containsString(StubResource.KEY)));
        run.get("/batches/0/log").body(containsString("no: ")).body(not(containsString(StubResource.KEY)));
        run.get("/llm").body(not(containsString(StubResource.KEY)));
        run.get("/llm/calls").body(not(containsString(StubResource.KEY)));
        assertFalse(inspect().contains(StubResource.KEY));
        try (Stream<Path> files = Files.walk(Containers.dataFolder().resolve("blobs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), UTF_8).contains(StubResource.KEY), file.toString());
            }
        }
    }

    /** What Docker tells of all containers of this service. */
    private static String inspect() throws IOException, InterruptedException {
        Process docker = new ProcessBuilder(
                        "sh", "-c", "docker inspect $(docker ps -aq --filter label=dev.datapipeline.installation)")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(docker.getInputStream().readAllBytes(), UTF_8);
        docker.waitFor();
        return told;
    }

    @Test
    void cancelResetsTheUpstream() throws Exception {
        stub.on(StubResource.MODEL, StubExchange::hang);
        SubmittedRun run = calling(1, TRANSFORM).submit();
        Eventually.eventually("a call", LONG, () -> !stub.requests().isEmpty());

        long cancelled = System.nanoTime();
        run.cancel().statusCode(200);
        long reset = stub.reset().at();

        assertTrue(reset - cancelled < Duration.ofSeconds(2).toNanos(), (reset - cancelled) / 1_000_000 + " ms");
        JsonPath books = awaitBooks(run, 1);
        assertEquals("CANCELLED", books.getString("status"));
        assertEquals("0.00", books.getString("llm.reserved"));
        assertTrue(books.getDouble("llm.unsettled") > 0);
    }

    @Test
    void filesOfCallsGoWithTheRun() throws Exception {
        SubmittedRun run = calling(1, TRANSFORM).submit();
        run.awaitEnd("SUCCEEDED");
        Path files = Containers.dataFolder().resolve("blobs/model-calls").resolve(run.id());
        assertTrue(Files.exists(files));

        run.delete().statusCode(204);

        assertFalse(Files.exists(files));
    }
}
