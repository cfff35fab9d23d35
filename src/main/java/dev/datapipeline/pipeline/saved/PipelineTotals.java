package dev.datapipeline.pipeline.saved;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param pipelines how many there are */
@Schema(name = "PipelineTotals")
record PipelineTotals(long pipelines) {}
