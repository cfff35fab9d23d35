package dev.datapipeline.pipeline.saved;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * @param stepCount how many steps there are
 * @param stepNames of the first ten
 */
@Schema(name = "PipelineSummary")
record PipelineSummary(
        UUID id,
        String name,
        int version,
        int stepCount,
        List<String> stepNames,
        Instant createdAt,
        Instant updatedAt) {

    static PipelineSummary of(SavedPipeline pipeline, VersionOutlines.Outline outline) {
        return new PipelineSummary(
                pipeline.id,
                pipeline.name,
                pipeline.version,
                outline.steps(),
                outline.stepNames(),
                pipeline.createdAt,
                pipeline.updatedAt);
    }
}
