package dev.datapipeline.submission;

import dev.datapipeline.llm.options.GrantedModels;
import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.llm.options.ModelOptionsResolver;
import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.saved.PipelineService;
import dev.datapipeline.pipeline.saved.VisiblePipelines;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Resolves the pipeline of a request, the one in it or a saved one, and the models that its scripts may call. */
@Singleton
class PipelineResolver {
    private final PipelineService pipelines;
    private final VisiblePipelines visible;
    private final ModelOptionsResolver models;

    PipelineResolver(PipelineService pipelines, VisiblePipelines visible, ModelOptionsResolver models) {
        this.pipelines = pipelines;
        this.visible = visible;
        this.models = models;
    }

    /** Memory for the scripts of a saved pipeline; null where none is needed. */
    @Nullable
    MemoryLease reserve(@Nullable PipelineRequest pipeline, @Nullable UUID id, @Nullable Integer version) {
        return id == null || pipeline != null ? null : pipelines.reserve(visible.ref(id), version);
    }

    /** @throws ProblemException when it is none, both, broken or not there */
    ResolvedPipeline resolve(@Nullable PipelineRequest pipeline, @Nullable UUID id, @Nullable Integer version) {
        if (pipeline != null && id != null) {
            throw ProblemException.invalidField(
                    ProblemType.INVALID_PIPELINE, "/pipelineId", "Give either pipeline or pipelineId, not both.");
        }
        if (pipeline != null) {
            return ResolvedPipeline.of(pipeline.toPipeline("/pipeline"));
        }
        if (id == null) {
            throw ProblemException.invalidField(
                    ProblemType.MISSING_FIELD, "/pipeline", "Give a pipeline, or the pipelineId of a saved one.");
        }
        ResolvedPipeline saved = pipelines.copy(visible.ref(id), version);
        saved.pipeline().checkSize("/pipelineId");
        return saved;
    }

    /**
     * What scripts may call: by the request, else by its pipeline; null where neither says anything.
     *
     * @param resolved null where the request brings no pipeline
     * @throws ProblemException when that is not possible with the settings
     */
    @Nullable
    GrantedModels models(@Nullable ModelOptionsRequest request, @Nullable ResolvedPipeline resolved) {
        if (resolved == null) {
            return models.resolve(request, "/llm", null, "");
        }
        String pointer = resolved.id() == null ? "/pipeline/llm" : "/pipelineId";
        return models.resolve(request, "/llm", resolved.pipeline().llm(), pointer);
    }

    /**
     * What scripts of a form may call: they may call the default upstream without a word.
     *
     * @throws ProblemException when what the form says is not possible
     */
    @Nullable
    GrantedModels modelsOfForm(@Nullable ModelOptionsRequest request) {
        return request == null ? models.byDefault() : models.resolve(request, "/llm", null, "");
    }
}
