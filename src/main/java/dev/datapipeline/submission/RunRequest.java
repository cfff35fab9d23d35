package dev.datapipeline.submission;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.datapipeline.environment.options.EnvironmentOptionsRequest;
import dev.datapipeline.llm.options.ModelOptionsRequest;
import dev.datapipeline.pipeline.PipelineRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/v1/runs}. Either {@code pipeline} or {@code pipelineId}. */
record RunRequest(
        @Nullable String name,
        @Schema(required = true) @Nullable UUID datasetId,
        @Nullable UUID pipelineId,
        @Nullable Integer pipelineVersion,
        @Nullable PipelineRequest pipeline,
        @Nullable Integer batchSize,
        @Nullable Integer maxParallelBatches,
        @Nullable Integer recordConcurrency,
        @Nullable BigDecimal recordTimeoutSeconds,

        @Schema(
                description = "A count, or a share such as \"10%\"",
                implementation = Object.class,
                anyOf = {Long.class, String.class})
        @JsonDeserialize(using = ScalarNode.class)
        @Nullable
        JsonNode toleratedFailures,

        @Schema(enumeration = {"all", "final"}) @Nullable String trace,
        @Schema(enumeration = {"run", "batch"}) @Nullable String isolation,

        @Schema(description = "Lets scripts call models; absent for what the pipeline says")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        ModelOptionsRequest llm,

        @Schema(description = "Python packages for scripts; absent for what the pipeline says")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        EnvironmentOptionsRequest environment) {
    /** Reads scalars. Objects and arrays, which may be of any size, are skipped and become a missing node. */
    static final class ScalarNode extends JsonDeserializer<JsonNode> {
        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isStructStart()) {
                parser.skipChildren();
                return MissingNode.getInstance();
            }
            return context.readTree(parser);
        }
    }

    /** The options of a form. */
    static RunRequest ofForm(
            @Nullable String name,
            @Nullable Integer batchSize,
            @Nullable ModelOptionsRequest llm,
            @Nullable EnvironmentOptionsRequest environment) {
        return new RunRequest(
                name, null, null, null, null, batchSize, null, null, null, null, null, null, llm, environment);
    }
}
