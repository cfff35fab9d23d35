package dev.datapipeline.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.llm.options.ModelOptions;
import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A pipeline as a client sends it: of the right shape, otherwise unchecked. */
@Schema(implementation = Pipeline.class)
public record PipelineRequest(
        @Nullable String name,
        @Nullable String description,

        @JsonDeserialize(using = StepRequest.Steps.class) @Nullable
        List<@Nullable StepRequest> steps,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ModelOptionsRequest llm,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EnvironmentOptionsRequest environment) {

    /** A pipeline that says nothing of models and packages. */
    public PipelineRequest(
            @Nullable String name, @Nullable String description, @Nullable List<@Nullable StepRequest> steps) {
        this(name, description, steps, null, null);
    }

    /**
     * @param pointer where this stands in the document of the client, empty for the whole
     * @throws ProblemException INVALID_PIPELINE or PACKAGES_INVALID with every rule that is broken
     */
    public Pipeline toPipeline(String pointer) {
        Violations violations = new Violations();
        NameValidator.check(name, pointer + "/name", violations);
        NameValidator.checkDescription(description, pointer + "/description", violations);
        List<Step> read = readSteps(pointer + "/steps", violations);
        ModelOptions models = llm == null ? null : readModels(llm, pointer + "/llm", violations);
        violations.reject();
        if (name == null) {
            throw new IllegalStateException("a pipeline without a name passed the rules");
        }
        EnvironmentOptionsRequest packages = environment == null ? EnvironmentOptionsRequest.NONE : environment;
        Pipeline pipeline = new Pipeline(name, description, read, models, packages.checked());
        pipeline.checkSize(pointer + "/steps");
        pipeline.packages(packages, pointer + "/environment/packages", pointer);
        return pipeline;
    }

    private static ModelOptions readModels(ModelOptionsRequest request, String pointer, Violations violations) {
        List<FieldError> errors = new ArrayList<>();
        ModelOptions options = request.read(pointer, errors);
        errors.forEach(error -> violations.add(error.pointer(), error.message()));
        return options;
    }

    private List<Step> readSteps(String pointer, Violations violations) {
        List<@Nullable StepRequest> given = steps == null ? List.of() : steps;
        List<@Nullable String> names = new ArrayList<>();
        List<Step> read = new ArrayList<>();
        for (int index = 0; index < Math.min(given.size(), Pipeline.MAX_STEPS); index++) {
            StepRequest request = given.get(index);
            Step step = readStep(request, pointer + "/" + index, violations);
            names.add(request == null ? null : request.name());
            if (step != null) {
                read.add(step);
            }
        }
        NameValidator.checkNumberOfSteps(given.size(), pointer, violations);
        NameValidator.checkDistinct(names, pointer, violations);
        return read;
    }

    private static @Nullable Step readStep(@Nullable StepRequest request, String pointer, Violations violations) {
        if (request == null) {
            violations.add(pointer, "is required");
            return null;
        }
        return request.read(pointer, violations);
    }
}
