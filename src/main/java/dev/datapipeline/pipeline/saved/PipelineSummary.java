package dev.datapipeline.pipeline.saved;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * @param stepCount how many steps there are
 * @param stepNames of the first ten
 * @param runs of all its versions
 * @param lastRunAt when the newest of them was submitted; null without runs
 */
@Schema(name = "PipelineSummary")
record PipelineSummary(
        UUID id,
        String name,
        int version,
        int stepCount,
        List<String> stepNames,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String note,
        List<String> tags,
        boolean starred,
        long runs,
        @Nullable Instant lastRunAt) {

    static PipelineSummary of(PipelineRepository.Listed listed, VersionOutlines.Outline outline) {
        SavedPipeline pipeline = listed.pipeline();
        return new PipelineSummary(
                pipeline.id,
                pipeline.name,
                pipeline.version,
                outline.steps(),
                outline.stepNames(),
                pipeline.createdAt,
                pipeline.updatedAt,
                pipeline.labels.note(),
                pipeline.labels.tags(),
                pipeline.labels.starred(),
                listed.runs(),
                listed.lastRunAt());
    }
}
