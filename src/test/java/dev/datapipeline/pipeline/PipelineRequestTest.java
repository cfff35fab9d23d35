package dev.datapipeline.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineRequestTest {
    private static final String SOURCE = "def transform(record):\n    return record\n";

    @Test
    void wholePipelineIsRead() {
        StepRequest step = new StepRequest("clean", script("pre.py"), script("main.py"), script("post.py"));

        Pipeline pipeline = new PipelineRequest("capitals", "checks them", List.of(step)).toPipeline("");

        assertEquals("capitals", pipeline.name());
        assertEquals("checks them", pipeline.description());
        assertEquals(
                List.of(Stage.PRE, Stage.MAIN, Stage.POST),
                pipeline.stages().stream().map(StageScript::stage).toList());
        assertEquals("post.py", pipeline.stages().get(2).script().name());
    }

    @Test
    void namesMayHave200CharactersOfAnyKindButControl() {
        assertEquals(List.of(), pointers(named("\uD83D\uDE80".repeat(200))));
        assertEquals(List.of(), pointers(named("../../etc/passwd'; drop table pipeline; --")));
        assertEquals(List.of("/name"), pointers(named("x".repeat(201))));
        assertEquals(List.of("/name"), pointers(named("")));
        assertEquals(List.of("/name"), pointers(named("  ")));
        assertEquals(List.of("/name"), pointers(named("a\nb")));
        assertEquals(List.of("/name"), pointers(named("a\0b")));
        assertEquals(List.of("/name"), pointers(named("half \uD83D")));
        assertEquals(List.of("/name"), pointers(named(null)));
    }

    @Test
    void descriptionsMayHaveLines() {
        assertEquals(List.of(), pointers(described("one\r\n\ttwo")));
        assertEquals(List.of("/description"), pointers(described("a\0b")));
        assertEquals(List.of("/description"), pointers(described("x".repeat(10_001))));
    }

    @Test
    void stepsAreOneToFifty() {
        assertEquals(List.of("/steps"), pointers(new PipelineRequest("p", null, null)));
        assertEquals(List.of("/steps"), pointers(new PipelineRequest("p", null, List.of())));
        assertEquals(List.of(), pointers(new PipelineRequest("p", null, steps(50))));
        assertEquals(List.of("/steps"), pointers(new PipelineRequest("p", null, steps(51))));
    }

    @Test
    void hugeListOfBrokenStepsHasAShortAnswer() {
        List<@Nullable StepRequest> steps = Collections.nCopies(100_000, null);

        int told = pointers(new PipelineRequest("p", null, steps)).size();

        assertEquals(Pipeline.MAX_STEPS + 1, told);
    }

    @Test
    void stepNamesAreUnique() {
        List<StepRequest> steps = List.of(step("a"), step("b"), step("a"));

        assertEquals(List.of("/steps/2/name"), pointers(new PipelineRequest("p", null, steps)));
    }

    @Test
    void everyBrokenRuleHasItsPointer() {
        ScriptRequest blank = new ScriptRequest("main.py", " \n");
        ScriptRequest nameless = new ScriptRequest(null, SOURCE);
        List<@Nullable StepRequest> steps = Arrays.asList(
                new StepRequest("a", nameless, blank, null), null, new StepRequest("b", null, null, script("\u0007")));

        assertEquals(
                List.of(
                        "/pipeline/name",
                        "/pipeline/steps/0/pre/name",
                        "/pipeline/steps/0/main/source",
                        "/pipeline/steps/1",
                        "/pipeline/steps/2/post/name",
                        "/pipeline/steps/2/main"),
                pointers(new PipelineRequest(null, null, steps), "/pipeline"));
    }

    @Test
    void byteOrderMarkOfAFileIsDropped() {
        ScriptRequest marked = new ScriptRequest("main.py", "\uFEFF" + SOURCE);

        Pipeline pipeline =
                new PipelineRequest("p", null, List.of(new StepRequest("s", null, marked, null))).toPipeline("");

        assertEquals(SOURCE, pipeline.steps().getFirst().main().source());
    }

    @Test
    void constructorRejectsInvalidPipelines() {
        Step step = new Step("same", null, new Script("main.py", SOURCE), null);

        assertThrows(IllegalArgumentException.class, () -> new Pipeline("p", null, List.of(step, step)));
        assertThrows(IllegalArgumentException.class, () -> new Pipeline("", null, List.of(step)));
        assertThrows(IllegalArgumentException.class, () -> new Script("main.py", ""));
    }

    private static List<String> pointers(PipelineRequest request) {
        return pointers(request, "");
    }

    private static List<String> pointers(PipelineRequest request, String pointer) {
        try {
            request.toPipeline(pointer);
            return List.of();
        } catch (ProblemException rejected) {
            assertEquals(ProblemType.INVALID_PIPELINE, rejected.type());
            return rejected.errors().stream().map(FieldError::pointer).toList();
        }
    }

    private static PipelineRequest named(@Nullable String name) {
        return new PipelineRequest(name, null, steps(1));
    }

    private static PipelineRequest described(String description) {
        return new PipelineRequest("p", description, steps(1));
    }

    private static List<StepRequest> steps(int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> step("step " + index))
                .toList();
    }

    private static StepRequest step(String name) {
        return new StepRequest(name, null, script("main.py"), null);
    }

    private static ScriptRequest script(String name) {
        return new ScriptRequest(name, SOURCE);
    }
}
