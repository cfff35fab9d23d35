package dev.datapipeline.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.engine.EnginePipeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that every record goes through.
 *
 * @param description null when there is none
 * @param steps 1 to {@value #MAX_STEPS}, in running order, each name once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pipeline(String name, @Nullable String description, List<Step> steps) {
    public static final int MAX_STEPS = 50;

    public Pipeline {
        steps = List.copyOf(steps);
        Violations violations = new Violations();
        NameRules.check(name, "/name", violations);
        NameRules.checkDescription(description, "/description", violations);
        NameRules.checkNumberOfSteps(steps.size(), "/steps", violations);
        NameRules.checkDistinct(steps.stream().map(Step::name).toList(), "/steps", violations);
        violations.refuseAsBug();
    }

    /** All scripts in running order; the place of one in this list is the <em>ordinal</em> that the engine calls it by. */
    public List<StageScript> stages() {
        List<StageScript> stages = new ArrayList<>();
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            for (Stage stage : Stage.values()) {
                Script script = step.script(stage);
                if (script != null) {
                    stages.add(new StageScript(index, step.name(), stage, script));
                }
            }
        }
        return List.copyOf(stages);
    }

    /** What a sandbox is told to run. */
    public List<EnginePipeline.Step> engineSteps() {
        Map<String, List<EnginePipeline.Stage>> steps = new LinkedHashMap<>();
        for (StageScript stage : stages()) {
            Script script = stage.script();
            steps.computeIfAbsent(stage.step(), name -> new ArrayList<>())
                    .add(new EnginePipeline.Stage(stage.stage().label(), script.name(), script.source()));
        }
        return steps.entrySet().stream()
                .map(step -> new EnginePipeline.Step(step.getKey(), step.getValue()))
                .toList();
    }
}
