package dev.datapipeline.submission;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datapipeline.llm.options.ModelOptions;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The parts of a form that submits a run; for the OpenAPI document only, never built. Further steps have main_1, pre_1, post_1 and so on. */
@Schema(name = "RunForm")
record RunFormSchema(
        @Schema(
                type = SchemaType.STRING,
                format = "binary",
                description =
                        "JSON, NDJSON, a table, an Excel workbook or a Parquet file, as it is, in gzip or in a zip archive; the type of the part and the file name are hints")
        String dataset,

        @Schema(description = "What separates the columns of a table: , ; | tab or another sign") @Nullable
        String separator,

        @Schema(description = "JSON Pointer of the list of records in a JSON document, such as /features") @Nullable
        String records,

        @Schema(description = "The file in a zip archive that is the dataset; the only one by default") @Nullable
        String member,

        @Schema(description = "The sheet of an Excel workbook; the first one that is not hidden by default") @Nullable
        String sheet,

        @Schema(
                type = SchemaType.STRING,
                format = "binary",
                description = "JSON; scripts may stand in parts of their own")
        String pipeline,

        @JsonProperty("batch_size") @Nullable Integer batchSize,
        @Nullable String name,

        @Schema(
                implementation = ModelOptions.class,
                description = "JSON: lets scripts call models; absent for the default upstream, where there is one")
        @Nullable
        String llm,

        @Schema(
                description =
                        "Text of a requirements file: Python packages for the scripts, one on a line; only names with versions, extras and markers")
        @Nullable
        String packages,

        @JsonProperty("main_0") @Schema(type = SchemaType.STRING, format = "binary") @Nullable
        String main,

        @JsonProperty("pre_0") @Schema(type = SchemaType.STRING, format = "binary") @Nullable
        String pre,

        @JsonProperty("post_0") @Schema(type = SchemaType.STRING, format = "binary") @Nullable
        String post) {}
