package dev.datapipeline.pipeline.check;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(requiredProperties = "source")
record ScriptCheckRequest(@Nullable String source) {}
