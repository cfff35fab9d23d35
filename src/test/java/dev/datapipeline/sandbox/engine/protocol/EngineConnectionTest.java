package dev.datapipeline.sandbox.engine.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.EngineStub;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Greeting, checks of scripts and loading of pipelines. */
class EngineConnectionTest extends EngineConnectionFixture {
    private static final String HELLO = "{\"protocol\":2,\"engine\":\"e\",\"python\":\"3.11\",\"json\":\"json\","
            + "\"confinement\":{\"user\":65534,\"capabilities\":\"0000000000000000\",\"noNewPrivileges\":true,"
            + "\"filtersSystemCalls\":true,\"routes\":[],\"writableRoot\":false,\"memoryBytes\":null,\"processes\":64}}";

    @Test
    void helloNamesTheEngine() throws Exception {
        engine.says('H', HELLO);

        assertEquals("3.11", connection.greet(Duration.ofSeconds(5)).python());
    }

    @Test
    void engineOfAnotherProtocolIsRefused() throws Exception {
        engine.says('H', HELLO.replace("\"protocol\":2", "\"protocol\":1"));

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> connection.greet(Duration.ofSeconds(5)));
    }

    @Test
    void silentEngineTimesOut() {
        assertFailure(SandboxFailure.ENGINE_DIED, () -> connection.greet(Duration.ofMillis(50)));
    }

    @Test
    void helloIsReadStrictly() throws Exception {
        for (String wrong : List.of(
                "",
                "{",
                "null",
                "[]",
                HELLO + "x",
                HELLO.replace("2,", "\"2\","),
                "{\"protocol\":2}",
                HELLO.replace("{", "{\"more\":1,"),
                HELLO.replace("{", "{\"python\":\"3\","))) {
            try (EngineStub another = new EngineStub()) {
                another.says('H', wrong);

                assertFailure(
                        SandboxFailure.PROTOCOL_VIOLATION,
                        () -> another.connection().greet(Duration.ofSeconds(5)));
            }
        }
    }

    @Test
    void frameBeyondItsLimitIsRefusedByItsHeader() throws Exception {
        engine.sendsHeader('H', Integer.MAX_VALUE);

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> connection.greet(Duration.ofSeconds(5)));
    }

    @Test
    void checkReturnsProblems() throws Exception {
        engine.says(
                'K',
                "{\"problems\":[{\"line\":3,\"column\":1,\"severity\":\"error\",\"message\":\"m\",\"code\":\"SCRIPT_SYNTAX\"}]}");

        List<ScriptProblem> problems = connection.check("äöü");

        assertEquals(List.of(new ScriptProblem(3, 1, "error", "m", "SCRIPT_SYNTAX")), problems);
        assertArrayEquals("äöü".getBytes(UTF_8), engine.hears('C'));
    }

    @Test
    void refusedPipelineReportsItsError() throws Exception {
        engine.says('X', Batches.ERROR);

        PipelineRefusedException refused =
                assertThrows(PipelineRefusedException.class, () -> connection.load(Batches.pipeline("x")));

        assertEquals("KeyError", refused.error().type());
        assertEquals(3, refused.error().line());
    }

    @Test
    void scriptsAreReleasedBeforeTheEngineHasLoadedThem() throws Exception {
        CompletableFuture<Void> letGo = new CompletableFuture<>();
        PipelineSource source = () -> new HeldPipeline(Batches.pipeline("def ä"), () -> letGo.complete(null));
        CompletableFuture<Void> loading = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                connection.load(source);
                loading.complete(null);
            } catch (Exception failure) {
                loading.completeExceptionally(failure);
            }
        });

        letGo.get(10, TimeUnit.SECONDS);
        assertFalse(loading.isDone());
        String document = new String(engine.hears('P'), UTF_8);
        assertTrue(document.contains("\"source\":\"def \\u00E4\""), document);
        engine.says('L', "");
        loading.get(10, TimeUnit.SECONDS);
    }

    @Test
    void unexpectedFrameMakesTheConnectionUnready() throws Exception {
        load();
        assertTrue(connection.isReady());

        engine.says('G', "x");

        assertFalse(connection.isReady());
    }

    @Test
    void modulesThatScriptsImportFirstAreTold() throws Exception {
        engine.says('L', "{\"modules\": [\"pandas\", \"sklearn.linear_model\"]}");

        assertEquals(
                List.of("pandas", "sklearn.linear_model"),
                connection.load(Batches.pipeline("x").withEnvironment("folder")));
    }

    @Test
    void namesOfModulesThatAreNoneBreakTheProtocol() throws Exception {
        for (String modules : List.of("[\"../x\"]", "[\"a b\"]", "[\"\"]", "[1]", "[null]", "\"pandas\"", "[\"a.\"]")) {
            try (EngineStub another = new EngineStub()) {
                another.says('L', "{\"modules\": " + modules + "}");

                assertFailure(
                        SandboxFailure.PROTOCOL_VIOLATION,
                        () -> another.connection().load(Batches.pipeline("x")));
            }
        }
    }

    @Test
    void primedEngineGetsNoPipelineOfAnotherEnvironment() throws Exception {
        connection.prime(new Priming("folder", List.of("pandas")));

        assertFailure(
                SandboxFailure.CLOSED,
                () -> connection.load(Batches.pipeline("x").withEnvironment("another")));
        assertFailure(SandboxFailure.CLOSED, () -> connection.load(Batches.pipeline("x")));
    }
}
