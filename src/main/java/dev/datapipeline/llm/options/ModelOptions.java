package dev.datapipeline.llm.options;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.datapipeline.llm.call.CallScope.Cache;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is said about model calls; what is null was not said.
 *
 * @param upstream name in the settings
 * @param models that may be called
 * @param budget in dollars, as decimal text
 * @param maxOutputTokens for calls that name no bound themselves
 * @param cache whether equal calls of all runs share their answers; off where nothing is said
 */
@Schema(
        name = "ModelOptions",
        description =
                "Lets scripts call models. An empty object means the default upstream and the defaults of the settings.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelOptions(
        @Schema(description = "Name of an upstream of the settings; absent for the default one") @Nullable
        String upstream,

        @Schema(description = "The models that scripts may call; absent for all that the upstream allows") @Nullable
        List<String> models,

        @Schema(
                description =
                        "Dollars that the run may spend on model calls, as decimal text; absent for that of the settings",
                examples = "5.00")
        @Nullable
        String budget,

        @Schema(
                description =
                        "Most tokens of an answer, for calls that set no bound themselves: 4096 where nothing is said; 0 sets none")
        @Nullable
        Long maxOutputTokens,

        @Nullable Cache cache) {
    static final int MAX_MODELS = 100;

    public ModelOptions {
        models = models == null ? null : List.copyOf(models);
    }
}
