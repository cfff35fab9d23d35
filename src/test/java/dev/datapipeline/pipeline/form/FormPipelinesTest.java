package dev.datapipeline.pipeline.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.http.json.JsonDocuments;
import dev.datapipeline.http.json.StrictJson;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.Script;
import dev.datapipeline.pipeline.ScriptFile;
import dev.datapipeline.pipeline.Step;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FormPipelinesTest {
    private static final String TWO_STEPS = """
            {"name": "seed", "steps": [
              {"name": "first", "main_script": "check.py", "pre_script": "prepare.py", "post_script": null},
              {"name": "second", "main_script": "score.py"}]}""";

    private final FormPipelines forms = new FormPipelines(new JsonDocuments(strictMapper()));

    @Test
    void scriptsComeFromThePartsAndNamesFromTheDefinition() {
        Pipeline pipeline = read(TWO_STEPS, "main_0", "pre_0", "main_1");

        Step first = pipeline.steps().getFirst();
        assertEquals("seed", pipeline.name());
        assertEquals(new Script("check.py", "source of main_0"), first.main());
        assertEquals(new Script("prepare.py", "source of pre_0"), first.pre());
        assertNull(first.post());
        assertEquals(
                new Script("score.py", "source of main_1"),
                pipeline.steps().get(1).main());
    }

    @Test
    void numbersMayHaveGaps() {
        Pipeline pipeline = read(TWO_STEPS, "main_2", "pre_2", "main_10", "post_10");

        assertEquals("source of main_2", pipeline.steps().getFirst().main().source());
        Step second = pipeline.steps().get(1);
        assertEquals("source of main_10", second.main().source());
        assertEquals(new Script("post_10.file.py", "source of post_10"), second.post());
    }

    @Test
    void missingPartIsNamed() {
        assertRejected(ProblemType.MISSING_PART, "main_1", TWO_STEPS, "main_0", "pre_0");
        assertRejected(ProblemType.MISSING_PART, "pre_0", TWO_STEPS, "main_0", "main_1");
        assertRejected(ProblemType.MISSING_PART, "main_0", TWO_STEPS, "pre_0", "main_1");
        assertRejected(ProblemType.MISSING_PART, "main_0", TWO_STEPS);
    }

    @Test
    void partOfNoStepIsNamed() {
        assertRejected(ProblemType.UNKNOWN_PART, "main_2", TWO_STEPS, "main_0", "pre_0", "main_1", "main_2");
        assertRejected(ProblemType.UNKNOWN_PART, "pre_7", TWO_STEPS, "main_0", "pre_0", "main_1", "pre_7");
        assertRejected(ProblemType.UNKNOWN_PART, "script", TWO_STEPS, "main_0", "pre_0", "main_1", "script");
        assertRejected(ProblemType.UNKNOWN_PART, "main_01", TWO_STEPS, "main_0", "pre_0", "main_1", "main_01");
    }

    @Test
    void ignoresEmptyFileFields() throws IOException {
        Map<String, ScriptFile> parts = Map.of(
                "main_0",
                new ScriptFile("m.py", "x = 1"),
                "pre_0",
                new ScriptFile("", ""),
                "main_1",
                new ScriptFile("", ""));

        Pipeline pipeline = forms.read(stream("{\"steps\": [{\"name\": \"a\"}]}"), parts, "pipeline");

        assertEquals(1, pipeline.stages().size());
        assertEquals("pipeline", pipeline.name());
    }

    @Test
    void apiShapeTakesSourcesFromThePartsOrFromItself() {
        String definition = """
                {"name": "mixed", "description": "d", "steps": [
                  {"name": "inline", "main": {"name": "here.py", "source": "x = 1"}},
                  {"name": "part", "pre": {"name": "p.py"}, "main": {"name": "there.py"}}]}""";

        Pipeline pipeline = read(definition, "main_0", "pre_0");

        assertEquals("x = 1", pipeline.steps().getFirst().main().source());
        assertEquals(
                new Script("there.py", "source of main_0"),
                pipeline.steps().get(1).main());
        assertEquals("d", pipeline.description());
    }

    @Test
    void inlineStepNeedsAllItsSources() {
        String definition = """
                {"name": "n", "steps": [
                  {"name": "s", "pre": {"name": "p.py"}, "main": {"name": "m.py", "source": "x = 1"}}]}""";

        assertEquals(List.of("/steps/0/pre/source"), pointers(definition));
    }

    @Test
    void brokenRulesHaveTheirPointers() {
        assertEquals(List.of("/steps"), pointers("{\"steps\": []}", "main_0"));
        assertEquals(List.of("/steps"), pointers("{}"));
        assertEquals(List.of("/steps/0/name"), pointers("{\"steps\": [{\"main_script\": \"m.py\"}]}", "main_0"));
        assertEquals(
                List.of("/steps/0/main"),
                pointers(
                        "{\"steps\": [{\"name\": \"a\", \"main_script\": \"m.py\", \"main\": {\"name\": \"m.py\"}}]}",
                        "main_0"));
    }

    @Test
    void brokenDefinitionIsRejected() {
        assertRejected(ProblemType.INVALID_JSON, "line 1", "{\"steps\": [}", "main_0");
        assertRejected(ProblemType.EMPTY_BODY, "none", "");
        assertRejected(ProblemType.EMPTY_BODY, "none", "null");
        assertRejected(ProblemType.UNKNOWN_FIELD, "/stepz", "{\"stepz\": []}");
        assertRejected(ProblemType.WRONG_TYPE, "/steps/0/main_script", "{\"steps\": [{\"main_script\": 5}]}");
    }

    @Test
    void seedDefinitionIsReadAsItsPageWritesIt() {
        String definition = """
                {"pipeline_name": "user_submitted_pipeline", "owner": {"id": 1}, "steps": [
                  {"name": "first", "main_script": "a.py", "pre_script": "", "post_script": null, "row": 3, "main_file": {}},
                  {"name": "second", "main_script": "b.py", "post_script": "post.py"}]}""";

        Pipeline pipeline = readSeed(definition, null, "main_2", "main_5", "post_5", "pre_9");

        assertEquals("user_submitted_pipeline", pipeline.name());
        assertEquals(
                new Step("first", null, new Script("a.py", "source of main_2"), null),
                pipeline.steps().getFirst());
        assertEquals(
                new Step(
                        "second",
                        null,
                        new Script("b.py", "source of main_5"),
                        new Script("post.py", "source of post_5")),
                pipeline.steps().get(1));
    }

    @Test
    void seedPipelineIsNamedByTheFormThenByTheDefinition() {
        String step = "\"steps\": [{\"name\": \"a\"}]}";

        assertEquals(
                "form",
                readSeed("{\"pipeline_name\": \"x\", " + step, "form", "main_0").name());
        assertEquals(
                "x",
                readSeed("{\"pipeline_name\": \"x\", \"name\": \"y\", " + step, null, "main_0")
                        .name());
        assertEquals(
                "y",
                readSeed("{\"pipeline_name\": \"\", \"name\": \"y\", " + step, null, "main_0")
                        .name());
        assertEquals(
                "pipeline", readSeed("{\"name\": null, " + step, null, "main_0").name());
    }

    @Test
    void scriptsOfTheSeedDefinitionMayBeObjects() {
        String definition = """
                {"steps": [
                  {"name": "file", "main_script": {}, "pre_script": {"name": "p.py", "size": 5}, "post_script": {}},
                  {"name": "inline", "main": {"source": "x = 1", "language": "python"}, "post_script": {"name": "q.py", "source": "y"}}]}""";

        Pipeline pipeline = readSeed(definition, null, "main_0", "pre_0");

        assertEquals(
                new Step(
                        "file",
                        new Script("p.py", "source of pre_0"),
                        new Script("main_0.file.py", "source of main_0"),
                        null),
                pipeline.steps().getFirst());
        assertEquals(
                new Step("inline", null, new Script("main.py", "x = 1"), new Script("q.py", "y")),
                pipeline.steps().get(1));
    }

    @Test
    void seedDefinitionThatIsWrongIsRejected() {
        String named = "{\"steps\": [{\"name\": \"a\", \"main_script\": \"m.py\", \"pre_script\": \"p.py\"}]}";

        assertSeedRejected(ProblemType.MISSING_PART, "main_0", named);
        assertSeedRejected(ProblemType.MISSING_PART, "pre_0", named, "main_0");
        assertSeedRejected(ProblemType.INVALID_PIPELINE, "/steps", "{\"pipeline_name\": \"x\"}", "main_0");
        assertSeedRejected(ProblemType.INVALID_PIPELINE, "/steps/0/name", "{\"steps\": [{}]}", "main_0");
        assertSeedRejected(ProblemType.INVALID_PIPELINE, "/steps/0", "{\"steps\": [null]}");
        assertSeedRejected(ProblemType.WRONG_TYPE, "/steps", "{\"steps\": 5}");
        assertSeedRejected(ProblemType.WRONG_TYPE, "/steps/0/name", "{\"steps\": [{\"name\": 5}]}");
        assertSeedRejected(
                ProblemType.WRONG_TYPE, "/steps/0/main_script", "{\"steps\": [{\"main_script\": 5}]}", "main_0");
        assertSeedRejected(ProblemType.INVALID_JSON, "line 1", "{\"steps\": [}", "main_0");
        assertSeedRejected(ProblemType.EMPTY_BODY, "none", "null");
    }

    @Test
    void fileNamesBecomeLabelsWithoutTheirFolders() {
        assertEquals("x", new ScriptFile("../../x", "").label("other"));
        assertEquals("x.py", new ScriptFile("C:\\scripts\\x.py", "").label("other"));
        assertEquals("ab.py", new ScriptFile("a\r\nb\0.py", "").label("other"));
        assertEquals("other", new ScriptFile("/", "").label("other"));
        assertEquals("other", new ScriptFile("", "").label("other"));
        assertEquals(200, new ScriptFile("x".repeat(5000), "").label("other").length());
    }

    @Test
    void scriptFilesAreReadStrictly() throws IOException {
        byte[] latin = {'x', '=', (byte) 0xE9};

        assertEquals("x = 1", ScriptFile.read("main_0", "m.py", stream("x = 1")).source());
        assertEquals(
                ProblemType.INVALID_SCRIPT,
                assertThrows(
                                ProblemException.class,
                                () -> ScriptFile.read("main_0", null, new ByteArrayInputStream(latin)))
                        .type());
        assertThrows(ProblemException.class, () -> ScriptFile.read("main_0", null, stream("x".repeat(256 * 1024 + 1))));
    }

    private Pipeline read(String definition, String... parts) {
        try {
            return forms.read(stream(definition), parts(parts), "unnamed");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void assertRejected(ProblemType type, String word, String definition, String... parts) {
        ProblemException rejected = assertThrows(ProblemException.class, () -> read(definition, parts));

        assertEquals(type, rejected.type());
        assertTrue(rejected.detail().contains(word), rejected.detail());
    }

    private Pipeline readSeed(String definition, @Nullable String name, String... parts) {
        try {
            return forms.readSeed(stream(definition), parts(parts), name);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void assertSeedRejected(ProblemType type, String word, String definition, String... parts) {
        ProblemException rejected = assertThrows(ProblemException.class, () -> readSeed(definition, null, parts));

        assertEquals(type, rejected.type(), rejected.detail());
        assertTrue(rejected.detail().contains(word), rejected.detail());
    }

    private List<String> pointers(String definition, String... parts) {
        ProblemException rejected = assertThrows(ProblemException.class, () -> read(definition, parts));
        return rejected.errors().stream().map(FieldError::pointer).toList();
    }

    private static Map<String, ScriptFile> parts(String... names) {
        return Arrays.stream(names)
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> new ScriptFile("folder/" + name + ".file.py", "source of " + name)));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectMapper strictMapper() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }
}
