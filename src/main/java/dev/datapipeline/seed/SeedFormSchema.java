package dev.datapipeline.seed;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parts of a form as the seed's page sends it; for the OpenAPI document only, never built. Further steps have main_1, pre_1, post_1 and so on. */
@Schema(name = "SeedForm")
record SeedFormSchema(
        @Schema(type = SchemaType.STRING, format = "binary", description = "JSON, JSON Lines, CSV, Excel or Parquet")
        String dataset,

        @Schema(
                type = SchemaType.STRING,
                format = "binary",
                description = "The definition as JSON; ignored where there is a pipeline_definition_json")
        @Nullable
        String pipeline,

        @JsonProperty("pipeline_definition_json")
        @Schema(
                type = SchemaType.STRING,
                format = "binary",
                description =
                        "JSON as a file or as text: {\"pipeline_name\", \"steps\": [{\"name\", \"main_script\", \"pre_script\","
                                + " \"post_script\"}]}, where a script is the name of its file, null or empty")
        @Nullable
        String pipelineDefinition,

        @JsonProperty("pipeline_name") @Schema(description = "Goes before the name in the definition") @Nullable
        String pipelineName,

        @JsonProperty("batch_size") @Nullable Integer batchSize,

        @JsonProperty("main_0") @Schema(type = SchemaType.STRING, format = "binary") @Nullable
        String main,

        @JsonProperty("pre_0") @Schema(type = SchemaType.STRING, format = "binary") @Nullable
        String pre,

        @JsonProperty("post_0") @Schema(type = SchemaType.STRING, format = "binary") @Nullable
        String post) {}
