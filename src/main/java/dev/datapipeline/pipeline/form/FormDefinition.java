package dev.datapipeline.pipeline.form;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.http.json.BoundedList;
import dev.datapipeline.pipeline.NameValidator;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.ScriptRequest;
import dev.datapipeline.pipeline.Stage;
import dev.datapipeline.pipeline.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a pipeline in a form. Its scripts may be other parts of the form: then it names them by a label ({@code "main_script":
 * "check.py"}) or by a script without source ({@code "main": {"name": "check.py"}}).
 */
record FormDefinition(
        @Nullable String name,
        @Nullable String description,
        @JsonDeserialize(using = FormSteps.class) @Nullable List<@Nullable FormStep> steps,
        @Nullable EnvironmentOptionsRequest environment) {

    void check(Violations violations) {
        int number = steps == null ? 0 : steps.size();
        NameValidator.checkNumberOfSteps(number, "/steps", violations);
        for (int index = 0; steps != null && index < Math.min(number, Pipeline.MAX_STEPS); index++) {
            FormStep step = steps.get(index);
            for (Stage stage : Stage.values()) {
                if (step != null && step.script(stage) != null && step.plainLabel(stage) != null) {
                    String pointer = "/steps/" + index + "/" + stage.label();
                    violations.add(pointer, "is given together with " + stage.label() + "_script; give one of the two");
                }
            }
        }
    }

    static final class FormSteps extends BoundedList<FormStep> {
        FormSteps() {
            super(FormStep.class, Pipeline.MAX_STEPS + 1);
        }
    }

    record FormStep(
            @Nullable String name,

            @JsonProperty("pre_script") @Nullable String preScript,

            @JsonProperty("main_script") @Nullable String mainScript,

            @JsonProperty("post_script") @Nullable String postScript,

            @Nullable ScriptRequest pre,
            @Nullable ScriptRequest main,
            @Nullable ScriptRequest post) {

        @Nullable
        ScriptRequest script(Stage stage) {
            return switch (stage) {
                case PRE -> pre;
                case MAIN -> main;
                case POST -> post;
            };
        }

        @Nullable
        String plainLabel(Stage stage) {
            return switch (stage) {
                case PRE -> preScript;
                case MAIN -> mainScript;
                case POST -> postScript;
            };
        }

        /** Null also for a blank label, which pages send for a missing script. */
        @Nullable
        String label(Stage stage) {
            ScriptRequest script = script(stage);
            String label = script == null ? plainLabel(stage) : script.name();
            return label == null || label.isBlank() ? null : label;
        }

        /** Whether the definition says that there is such a script. */
        boolean names(Stage stage) {
            return script(stage) != null || label(stage) != null;
        }

        boolean hasSource(Stage stage) {
            ScriptRequest script = script(stage);
            return script != null && script.source() != null;
        }
    }
}
