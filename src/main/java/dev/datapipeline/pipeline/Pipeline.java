package dev.datapipeline.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.environment.options.EnvironmentOptions;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.ScriptSource;
import dev.datapipeline.llm.options.ModelOptions;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.protocol.EngineDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scripts that every record goes through.
 *
 * @param description null when there is none
 * @param steps 1 to {@value #MAX_STEPS}, in running order, each name once
 * @param llm which models its scripts may call where a run says nothing; null where they call none
 * @param environment packages for its scripts besides those that they declare themselves; null where there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pipeline(
        String name,
        @Nullable String description,
        List<Step> steps,
        @Nullable ModelOptions llm,
        @Nullable EnvironmentOptions environment) {
    public static final int MAX_STEPS = 50;

    /** Characters of JSON that one character may become. */
    private static final int LONGEST_ESCAPE = 6;

    private static final int ROOM_FOR_NAMES = 256 * 1024;

    public Pipeline {
        steps = List.copyOf(steps);
        Violations violations = new Violations();
        NameValidator.check(name, "/name", violations);
        NameValidator.checkDescription(description, "/description", violations);
        NameValidator.checkNumberOfSteps(steps.size(), "/steps", violations);
        NameValidator.checkDistinct(steps.stream().map(Step::name).toList(), "/steps", violations);
        violations.rejectAsBug();
    }

    /** A pipeline whose scripts call no models and need no packages. */
    public Pipeline(String name, @Nullable String description, List<Step> steps) {
        this(name, description, steps, null, null);
    }

    /** The same pipeline under another name. */
    public Pipeline named(String other) {
        return new Pipeline(other, description, steps, llm, environment);
    }

    /**
     * Rejects scripts that do not fit into the frame in which a sandbox receives them.
     *
     * @param pointer where the pipeline stands in the document of the client
     * @throws ProblemException INVALID_PIPELINE when its scripts are too long together
     */
    public void checkSize(String pointer) {
        long characters = stages().stream()
                .mapToLong(stage -> stage.script().source().length())
                .sum();
        if (characters <= EngineDocuments.MAX_STEPS_SIZE / LONGEST_ESCAPE - ROOM_FOR_NAMES) {
            return;
        }
        long size = EngineDocuments.size(engineSteps());
        if (size > EngineDocuments.MAX_STEPS_SIZE) {
            Violations violations = new Violations();
            violations.add(
                    pointer,
                    "must have at most %,d bytes of scripts and names together, as JSON in ASCII; it has %,d"
                            .formatted(EngineDocuments.MAX_STEPS_SIZE, size));
            violations.reject();
        }
    }

    /** All scripts in running order; the index in this list is the <em>ordinal</em> by which the engine knows the script. */
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

    /**
     * The packages that its scripts need, its own and those that the scripts declare, and the image in which they run.
     *
     * @param pointer where the pipeline stands in the document of the client
     * @throws ProblemException PACKAGES_INVALID with everything that is wrong
     */
    public DeclaredPackages packages(String pointer) {
        return packages(EnvironmentOptionsRequest.NONE, pointer + "/environment/packages", pointer);
    }

    /**
     * The same with what is said beside the pipeline, which goes before what it says itself.
     *
     * @param packagesPointer where these packages stand in the document of the client
     * @throws ProblemException PACKAGES_INVALID with everything that is wrong
     */
    public DeclaredPackages packages(EnvironmentOptionsRequest beside, String packagesPointer, String pointer) {
        List<ScriptSource> scripts = stages().stream()
                .map(stage -> new ScriptSource(
                        stage.script().name(), stage.script().source(), pointer + stage.pointer() + "/source"))
                .toList();
        EnvironmentOptionsRequest said = beside.over(environment);
        return DeclaredPackages.read(said.list(), packagesPointer, scripts)
                .in(Optional.ofNullable(said.image()).filter(image -> !image.equals(EnvironmentOptions.DEFAULT_IMAGE)));
    }

    /** The same pipeline with what is said beside it of its environment, which goes before what it says itself. */
    public Pipeline with(EnvironmentOptionsRequest beside) {
        return new Pipeline(
                name, description, steps, llm, beside.over(environment).checked());
    }

    /** Name of the base image in which its scripts run. */
    public String image() {
        String image = environment == null ? null : environment.image();
        return image == null ? EnvironmentOptions.DEFAULT_IMAGE : image;
    }

    /** The steps as a sandbox receives them. */
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
