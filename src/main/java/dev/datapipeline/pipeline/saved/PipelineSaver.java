package dev.datapipeline.pipeline.saved;

import dev.datapipeline.llm.options.ModelOptionsResolver;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.pipeline.check.PipelineChecker;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.project.CurrentAccess;
import jakarta.inject.Singleton;

/** Checks what clients want to be saved, and saves it with its environment. */
@Singleton
class PipelineSaver {
    private final PipelineService pipelines;
    private final PipelineChecker scripts;
    private final ModelOptionsResolver models;
    private final VersionEnvironments environments;
    private final CurrentAccess access;

    PipelineSaver(
            PipelineService pipelines,
            PipelineChecker scripts,
            ModelOptionsResolver models,
            VersionEnvironments environments,
            CurrentAccess access) {
        this.pipelines = pipelines;
        this.scripts = scripts;
        this.models = models;
        this.environments = environments;
        this.access = access;
    }

    /** @throws ProblemException whatever is wrong with the pipeline */
    SavedPipelineResponse create(PipelineRequest request) {
        Pipeline definition = checked(request);
        return pipelines.create(access.project(), definition, environments.ofFirst(definition));
    }

    /**
     * Saves a new version.
     *
     * @param updatesPackages whether versions of packages are resolved anew
     * @throws ProblemException whatever is wrong with the pipeline
     */
    SavedPipelineResponse update(PipelineRef pipeline, PipelineRequest request, boolean updatesPackages) {
        Pipeline definition = checked(request);
        return pipelines.update(pipeline, definition, environments.ofNext(pipeline, definition, updatesPackages));
    }

    private Pipeline checked(PipelineRequest request) {
        Pipeline pipeline = request.toPipeline("");
        if (pipeline.llm() != null) {
            models.resolve(pipeline.llm(), "/llm");
        }
        scripts.check(pipeline, "");
        return pipeline;
    }
}
