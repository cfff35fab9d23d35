package dev.datapipeline.pipeline.check;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A script to look at, as it stands in an editor. */
@Schema(requiredProperties = "source")
record ScriptCheckRequest(@Nullable String source) {}
