package dev.datapipeline.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final Pipeline PIPELINE = new Pipeline(
            "p",
            null,
            List.of(
                    new Step("one", new Script("pre.py", "a"), new Script("main.py", "b"), null),
                    new Step("two", null, new Script("main.py", "c"), new Script("post.py", "d"))));

    @Test
    void ordinalsFollowTheRunningOrder() {
        assertEquals(
                List.of("one pre", "one main", "two main", "two post"),
                PIPELINE.stages().stream()
                        .map(stage -> stage.step() + " " + stage.stage().label())
                        .toList());
    }

    @Test
    void engineStepsOmitMissingScripts() {
        assertEquals(
                List.of(
                        new EnginePipeline.Step(
                                "one",
                                List.of(
                                        new EnginePipeline.Stage("pre", "pre.py", "a"),
                                        new EnginePipeline.Stage("main", "main.py", "b"))),
                        new EnginePipeline.Step(
                                "two",
                                List.of(
                                        new EnginePipeline.Stage("main", "main.py", "c"),
                                        new EnginePipeline.Stage("post", "post.py", "d")))),
                PIPELINE.engineSteps());
    }

    @Test
    void jsonOmitsMissingScriptsAndSurvivesARoundTrip() throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();

        String json = mapper.writeValueAsString(PIPELINE);

        assertEquals("""
                {"name":"p","steps":[\
                {"name":"one","pre":{"name":"pre.py","source":"a"},"main":{"name":"main.py","source":"b"}},\
                {"name":"two","main":{"name":"main.py","source":"c"},"post":{"name":"post.py","source":"d"}}]}""", json);
        assertEquals(PIPELINE, mapper.readValue(json, Pipeline.class));
    }
}
