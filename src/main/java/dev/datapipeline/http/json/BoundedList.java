package dev.datapipeline.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a JSON array up to a length and skips the rest, since short elements need a hundred times their size in memory. */
public abstract class BoundedList<T> extends JsonDeserializer<List<@Nullable T>> {
    private final Class<T> type;
    private final int most;

    /** @param most elements to keep: one more than is allowed, so that whoever checks the list sees that it is too long */
    protected BoundedList(Class<T> type, int most) {
        this.type = type;
        this.most = most;
    }

    @Override
    public List<@Nullable T> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            context.handleUnexpectedToken(List.class, parser);
        }
        List<@Nullable T> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (elements.size() == most) {
                parser.skipChildren();
            } else {
                elements.add(token == JsonToken.VALUE_NULL ? null : element(parser, context, elements));
            }
        }
        return elements;
    }

    private T element(JsonParser parser, DeserializationContext context, List<@Nullable T> before) throws IOException {
        try {
            return context.readValue(parser, type);
        } catch (JsonMappingException broken) {
            broken.prependPath(before, before.size());
            throw broken;
        }
    }
}
