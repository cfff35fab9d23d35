package dev.datapipeline.pipeline.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.environment.options.EnvironmentRules;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Script;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.testing.FakeSandboxes;
import dev.datapipeline.testing.SettableTicker;
import dev.datapipeline.testing.TestImages;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineCheckerTest {
    private static final String GOOD = "def transform(r): return r";

    private final FakeSandboxes sandboxes = new FakeSandboxes();
    private final PipelineChecker checks =
            new PipelineChecker(sandboxes, new EnvironmentRules(TestImages.named("geo"), 1024), new SettableTicker());

    @Test
    void sameSourceIsCheckedOnce() {
        checks.check(pipeline(GOOD, GOOD, GOOD + " # other"), "");

        assertEquals(List.of(GOOD, GOOD + " # other"), sandboxes.checked);
    }

    @Test
    void warningsPass() {
        checks.check(pipeline(GOOD + " # unused", GOOD, GOOD), "");

        assertEquals(2, sandboxes.checked.size());
    }

    @Test
    void everyErrorHasItsPosition() {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> checks.check(pipeline("x = 1", GOOD, "def ("), "/pipeline"));

        assertEquals(ProblemType.SCRIPT_SYNTAX, refused.type());
        assertEquals(
                List.of(
                        new FieldError("/pipeline/steps/0/pre/source", "line 1, column 1: there is no transform"),
                        new FieldError("/pipeline/steps/1/main/source", "line 3, column 5: invalid syntax")),
                refused.errors());
    }

    @Test
    void brokenContractHasItsOwnCode() {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> checks.check(pipeline(GOOD, "x = 1", GOOD), ""));

        assertEquals(ProblemType.SCRIPT_CONTRACT, refused.type());
    }

    @Test
    void clientGetsRetryAfterWithoutASandbox() {
        sandboxes.goAway();

        ProblemException refused =
                assertThrows(ProblemException.class, () -> checks.check(pipeline(GOOD, GOOD, GOOD), ""));

        assertEquals(ProblemType.SANDBOX_UNAVAILABLE, refused.type());
        assertEquals(Duration.ofSeconds(10), refused.retryAfter());
    }

    @Test
    void scriptsAreCheckedByThePythonOfTheirImage() {
        checks.check(pipeline(GOOD, GOOD, GOOD), "");
        checks.check(in("geo"), "");
        checks.check(in("default"), "");

        assertEquals(List.of(GOOD, "geo: " + GOOD), sandboxes.checked);
    }

    @Test
    void imageThatNobodyHasConfiguredIsRefused() {
        ProblemException refused = assertThrows(ProblemException.class, () -> checks.check(in("none"), "/pipeline"));

        assertEquals(ProblemType.UNKNOWN_IMAGE, refused.type());
        assertEquals("/pipeline/environment/image", refused.errors().getFirst().pointer());
        assertTrue(refused.errors().getFirst().message().contains("default, geo"), refused.toString());
        assertEquals(List.of(), sandboxes.checked);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 127, 1025, Integer.MAX_VALUE})
    void memoryBeyondItsLimitsIsRefused(int megabytes) {
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> checks.check(with(new EnvironmentOptions(List.of(), null, megabytes)), "/pipeline"));

        assertEquals(ProblemType.OUT_OF_RANGE, refused.type());
        assertEquals(
                "/pipeline/environment/memoryMegabytes",
                refused.errors().getFirst().pointer());
        assertTrue(refused.errors().getFirst().message().contains("128 to 1024"), refused.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 1024})
    void memoryWithinItsLimitsIsTaken(int megabytes) {
        assertDoesNotThrow(() -> checks.check(with(new EnvironmentOptions(List.of(), null, megabytes)), "/pipeline"));
    }

    private static Pipeline in(String image) {
        return with(new EnvironmentOptions(List.of(), image, null));
    }

    private static Pipeline with(EnvironmentOptions environment) {
        Pipeline pipeline = pipeline(GOOD, GOOD, GOOD);
        return new Pipeline(pipeline.name(), null, pipeline.steps(), null, environment);
    }

    private static Pipeline pipeline(String pre, String main, String secondMain) {
        Step first = new Step("one", new Script("pre.py", pre), new Script("main.py", main), null);
        Step second = new Step("two", null, new Script("main.py", secondMain), null);
        return new Pipeline("p", null, List.of(first, second));
    }
}
