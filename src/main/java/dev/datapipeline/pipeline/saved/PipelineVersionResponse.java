package dev.datapipeline.pipeline.saved;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * @param stepCount how many steps there are
 * @param stepNames of the first ten
 */
@Schema(name = "PipelineVersion")
record PipelineVersionResponse(int version, Instant createdAt, String name, int stepCount, List<String> stepNames) {

    static PipelineVersionResponse of(PipelineRepository.Dated version, VersionOutlines.Outline outline) {
        return new PipelineVersionResponse(
                version.id().version(), version.createdAt(), outline.name(), outline.steps(), outline.stepNames());
    }
}
