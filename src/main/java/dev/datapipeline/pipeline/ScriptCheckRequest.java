package dev.datapipeline.pipeline;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A script to look at, as it stands in an editor. */
record ScriptCheckRequest(
        @Schema(required = true, type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING) @Nullable
        String source) {}
