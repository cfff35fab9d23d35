package dev.datapipeline.secret.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The value of a secret, as a client sends it. */
@Schema(name = "SecretValue")
record SecretRequest(
        @Schema(description = "1 to 8,192 characters, without control characters", writeOnly = true) @Nullable
        String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
