package dev.datapipeline.llm.gateway.attempt;

import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.request.BodySplice;
import dev.datapipeline.llm.request.ModelRequest;
import dev.datapipeline.llm.request.ModelRequest.StreamUsage;
import dev.datapipeline.llm.upstream.Upstream;
import java.util.OptionalLong;

/**
 * A body as it goes up.
 *
 * @param isUsageAdded whether we asked for the usage of a stream, so that the script must not see it
 * @param boundField that we have added to bound the output; empty where we have not
 * @param boundOfAnswer in tokens, ours or the script's; {@link ModelRequest#NO_BOUND} where there is none
 */
public record SentBody(byte[] bytes, boolean isUsageAdded, String boundField, long boundOfAnswer) {
    public static SentBody of(
            byte[] body,
            ModelRequest request,
            Endpoint endpoint,
            Upstream upstream,
            UpstreamHabits habits,
            long bound) {
        BodySplice splice = new BodySplice(body, request);
        boolean isBoundAdded = bound > 0 && request.outputBound() == ModelRequest.NO_BOUND && hasOutput(endpoint);
        String field = isBoundAdded ? habits.boundField(upstream, endpoint, request) : "";
        if (isBoundAdded) {
            splice.bound(field, bound);
        }
        boolean isUsageAdded = request.isStream()
                && request.streamUsage() == StreamUsage.NOT_SAID
                && (endpoint == Endpoint.CHAT_COMPLETIONS || endpoint == Endpoint.COMPLETIONS)
                && habits.takesStreamOptions(upstream, request);
        if (isUsageAdded) {
            splice.includeUsage();
        }
        return new SentBody(splice.toBytes(), isUsageAdded, field, isBoundAdded ? bound : request.outputBound());
    }

    public static boolean hasOutput(Endpoint endpoint) {
        return endpoint != Endpoint.EMBEDDINGS && endpoint != Endpoint.MODERATIONS;
    }

    /** The bound of an answer that is added where a body has none; 0 for none. */
    public static long bound(CallScope scope, OptionalLong limitOfModel) {
        return limitOfModel.isPresent()
                ? Math.min(scope.maxOutputTokens(), limitOfModel.getAsLong())
                : scope.maxOutputTokens();
    }
}
