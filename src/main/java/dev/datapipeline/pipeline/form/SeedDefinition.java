package dev.datapipeline.pipeline.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.http.json.BoundedList;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ScriptRequest;
import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.pipeline.form.FormDefinition.FormStep;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a pipeline as the page of the seed system writes it: {@code {"pipeline_name": …, "steps": [{"name", "main_script",
 * "pre_script", "post_script"}]}}. A script is the label of a file, {@code null} or {@code ""} where there is none, or an object with
 * {@code name} and {@code source}. Members that are not listed here are ignored.
 */
record SeedDefinition(
        @JsonProperty("pipeline_name") @Nullable String pipelineName,
        @Nullable String name,
        @Nullable JsonNode description,
        @JsonDeserialize(using = SeedSteps.class) @Nullable List<@Nullable SeedStep> steps) {

    /** @throws ProblemException WRONG_TYPE for a script that is neither text nor object */
    FormDefinition toForm() {
        List<@Nullable FormStep> formSteps = new ArrayList<>();
        for (SeedStep step : steps == null ? List.<@Nullable SeedStep>of() : steps) {
            formSteps.add(step == null ? null : step.toForm("/steps/" + formSteps.size()));
        }
        String givenName = isGiven(pipelineName) ? pipelineName : name;
        return new FormDefinition(isGiven(givenName) ? givenName : null, text(description), formSteps, null);
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node != null && node.isTextual() ? node.textValue() : null;
    }

    static final class SeedSteps extends BoundedList<SeedStep> {
        SeedSteps() {
            super(SeedStep.class, Pipeline.MAX_STEPS + 1);
        }
    }

    record SeedStep(
            @Nullable String name,

            @JsonProperty("pre_script") @Nullable JsonNode preScript,

            @JsonProperty("main_script") @Nullable JsonNode mainScript,

            @JsonProperty("post_script") @Nullable JsonNode postScript,

            @Nullable JsonNode pre,
            @Nullable JsonNode main,
            @Nullable JsonNode post) {

        FormStep toForm(String pointer) {
            SeedScript preparing = script(Stage.PRE, preScript, pre, pointer);
            SeedScript working = script(Stage.MAIN, mainScript, main, pointer);
            SeedScript following = script(Stage.POST, postScript, post, pointer);
            return new FormStep(
                    name,
                    preparing.label(),
                    working.label(),
                    following.label(),
                    preparing.inline(),
                    working.inline(),
                    following.inline());
        }

        private static SeedScript script(
                Stage stage, @Nullable JsonNode labelled, @Nullable JsonNode plain, String pointer) {
            return isAbsent(labelled)
                    ? SeedScript.of(stage, plain, pointer + "/" + stage.label())
                    : SeedScript.of(stage, labelled, pointer + "/" + stage.label() + "_script");
        }

        private static boolean isAbsent(@Nullable JsonNode node) {
            return node == null
                    || node.isNull()
                    || node.isTextual() && node.textValue().isBlank();
        }
    }

    private record SeedScript(
            @Nullable String label, @Nullable ScriptRequest inline) {
        static SeedScript of(Stage stage, @Nullable JsonNode node, String pointer) {
            if (node == null || node.isNull()) {
                return new SeedScript(null, null);
            }
            if (node.isTextual()) {
                return new SeedScript(node.textValue(), null);
            }
            if (!node.isObject()) {
                String message = "A script is the name of its file, null, or an object with name and source.";
                throw new ProblemException(
                        ProblemType.WRONG_TYPE,
                        "The value at %s has the wrong type. %s".formatted(pointer, message),
                        List.of(new FieldError(pointer, message)));
            }
            String name = text(node.get("name"));
            String source = text(node.get("source"));
            if (source == null || source.isEmpty()) {
                return new SeedScript(name, null);
            }
            return new SeedScript(null, new ScriptRequest(isGiven(name) ? name : stage.label() + ".py", source));
        }
    }
}
