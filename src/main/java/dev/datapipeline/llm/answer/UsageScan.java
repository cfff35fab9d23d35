package dev.datapipeline.llm.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.call.Usage;
import java.io.IOException;

/** Reads the tokens that an answer reports, under the names that endpoints and upstreams have for them. */
final class UsageScan {
    private final Endpoint endpoint;
    private final JsonParser parser;
    private long prompt;
    private long cached;
    private long cacheWrite;
    private long completion;
    private long reasoning;
    private boolean hasPrompt;
    private boolean hasCompletion;
    private boolean isWellFormed = true;

    UsageScan(Endpoint endpoint, JsonParser parser) {
        this.endpoint = endpoint;
        this.parser = parser;
    }

    /** The parser stands at the brace that opens the usage. */
    Usage read() throws IOException {
        object();
        boolean isWhole = hasPrompt && (hasCompletion || endpoint == Endpoint.EMBEDDINGS);
        return new Usage(prompt, cached, cacheWrite, completion, reasoning, isWellFormed && isWhole);
    }

    private void object() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && name.endsWith("_details")) {
                object();
            } else {
                field(name);
            }
        }
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "prompt_tokens", "input_tokens" -> {
                prompt = number(false);
                hasPrompt = true;
            }
            case "completion_tokens", "output_tokens" -> {
                completion = number(false);
                hasCompletion = true;
            }
            case "cached_tokens", "prompt_cache_hit_tokens" -> cached = number(true);
            case "cache_write_tokens", "cache_creation_tokens" -> cacheWrite = number(true);
            case "reasoning_tokens" -> reasoning = number(true);
            default -> parser.skipChildren();
        }
    }

    /** @param mayBeNull as details often are where they do not apply */
    private long number(boolean mayBeNull) throws IOException {
        boolean isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (isWhole) {
            return parser.getLongValue();
        }
        isWellFormed &= mayBeNull && parser.currentToken() == JsonToken.VALUE_NULL;
        parser.skipChildren();
        return 0;
    }
}
