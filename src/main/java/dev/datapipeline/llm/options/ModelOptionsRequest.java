package dev.datapipeline.llm.options;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.datapipeline.http.json.BoundedList;
import dev.datapipeline.problem.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Model calls as a client asks for them: of the right shape, otherwise unchecked. */
@Schema(implementation = ModelOptions.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelOptionsRequest(
        @Nullable String upstream,
        @JsonDeserialize(using = Models.class) @Nullable List<@Nullable String> models,
        @Nullable String budget,
        @Nullable Long maxOutputTokens,
        @Nullable String cache) {

    /** Keeps one model more than is allowed, so that the rules see that there are too many. */
    static final class Models extends BoundedList<String> {
        Models() {
            super(String.class, ModelOptions.MAX_MODELS + 1);
        }
    }

    /**
     * @param pointer where this stands in the document of the client
     * @param errors gets what is wrong
     * @return of no use when something is wrong
     */
    public ModelOptions read(String pointer, List<FieldError> errors) {
        ModelOptionRules rules = new ModelOptionRules(pointer, errors);
        return new ModelOptions(
                upstream,
                rules.models(models),
                rules.budget("/budget", budget),
                rules.maxOutputTokens(maxOutputTokens),
                rules.cache(cache));
    }
}
