package dev.datapipeline.submission;

import dev.datapipeline.memory.MemoryLease;
import dev.datapipeline.pipeline.PipelineCopy;
import dev.datapipeline.pipeline.PipelineRequest;
import dev.datapipeline.pipeline.saved.PipelineService;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.run.ChosenPipeline;
import jakarta.inject.Singleton;
import java.util.List;
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
    ChosenPipeline choose(@Nullable PipelineRequest pipeline, @Nullable UUID id, @Nullable Integer version) {
        if (pipeline != null && id != null) {
            throw invalid(ProblemType.INVALID_PIPELINE, "/pipelineId", "Give either pipeline or pipelineId, not both.");
        }
        if (pipeline != null) {
            return new ChosenPipeline(pipeline.toPipeline("/pipeline"), null, null);
        }
        if (id == null) {
            throw invalid(ProblemType.MISSING_FIELD, "/pipeline", "Give a pipeline, or the pipelineId of a saved one.");
        }
        PipelineCopy copy = pipelines.copy(id, version);
        copy.pipeline().checkSize("/pipelineId");
        return new ChosenPipeline(copy.pipeline(), copy.id(), copy.version());
    }

    private static ProblemException invalid(ProblemType type, String pointer, String message) {
        return new ProblemException(type, message, List.of(new FieldError(pointer, message)));
    }
}
