package dev.datapipeline.submission;

import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.pipeline.ResolvedPipeline;
import dev.datapipeline.pipeline.saved.PipelineService;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Resolves the pipeline of a request: the one in it, or a saved one. */
@Singleton
class PipelineResolver {
    private final PipelineService pipelines;

    PipelineResolver(PipelineService pipelines) {
        this.pipelines = pipelines;
    }

    /** Memory for the scripts of a saved pipeline; null where none is needed. */
    @Nullable
    MemoryLease reserve(@Nullable PipelineRequest pipeline, @Nullable UUID id, @Nullable Integer version) {
        return id == null || pipeline != null ? null : pipelines.reserve(id, version);
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
        ResolvedPipeline saved = pipelines.copy(id, version);
        saved.pipeline().checkSize("/pipelineId");
        return saved;
    }
}
