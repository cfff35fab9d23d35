package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.stub.StubExchange;
import dev.datapipeline.llm.stub.StubResource;
import dev.datapipeline.llm.stub.StubUpstream;
import dev.datapipeline.testing.Containers;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.Eventually;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts in real sandboxes call a scripted upstream over HTTP. A call of 10 and 5 tokens costs 60 millionths of a dollar. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@WithTestResource(StubResource.class)
class ModelCallsJourneyTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String ASK = """
            import json, os, urllib.request
            def ask(text):
                body = {'model': 'm', 'max_tokens': 20, 'messages': [{'role': 'user', 'content': text}]}
                request = urllib.request.Request(
                    os.environ['OPENAI_BASE_URL'] + '/chat/completions', data=json.dumps(body).encode(),
                    headers={'Content-Type': 'application/json', 'Authorization': 'Bearer ' + os.environ['OPENAI_API_KEY']})
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)['choices'][0]['message']['content']
            """;

    private static final String TRANSFORM = ASK + """
            def transform(record):
                return {'said': ask('number %d' % record['n'])}
            """;

    private StubUpstream stub;

    @BeforeEach
    void open() throws IOException {
        stub = StubResource.upstream();
        stub.on(StubResource.MODEL, ModelCallsJourneyTest::answer);
    }

    @AfterEach
    void close() throws IOException {
        stub.close();
    }

    private static void answer(StubExchange exchange) throws IOException {
        exchange.chat("Paris", 10, 5);
    }

    private static RunOrder calling(int records, String script) {
        return RunOrder.ofNumbers(records).main(script).with("llm", Map.of());
    }

    private static JsonPath awaitBooks(SubmittedRun run, long calls) throws Exception {
        return run.await("the books", look -> look.getLong("llm.calls") >= calls);
    }

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
    void runPausesWhenItsBudgetIsUsedUpAndGoesOnWithMore() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(3)
                .main(TRANSFORM)
                .with("llm", Map.of("budget", "0.0004", "maxOutputTokens", 20))
                .with("batchSize", 1)
                .submit();
        JsonPath paused =
                run.await("the pause", look -> look.getString("status").equals("PAUSED"));
        assertTrue(paused.getString("statusReason").contains("budget"), paused.getString("statusReason"));

        given().contentType(ContentType.JSON)
                .body(Map.of("budget", "1"))
                .post(run.path() + "/resume")
                .then()
                .statusCode(200);
        run.awaitEnd("SUCCEEDED");

        assertEquals(3, stub.requests().size());
        assertEquals("0.00018", awaitBooks(run, 3).getString("llm.spent"));
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
