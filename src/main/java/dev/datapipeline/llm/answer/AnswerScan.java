package dev.datapipeline.llm.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.call.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reading of one answer or event. */
final class AnswerScan {
    private static final Set<String> LAST_EVENTS =
            Set.of("response.completed", "response.incomplete", "response.failed");

    private final Endpoint endpoint;
    private final JsonParser parser;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private @Nullable Usage usage;
    private boolean hasChoices;
    private boolean isFinished;
    private boolean isError;
    private long textBytes;

    AnswerScan(Endpoint endpoint, JsonParser parser) {
        this.endpoint = endpoint;
        this.parser = parser;
    }

    AnswerFacts facts() {
        return new AnswerFacts(model, serviceTier, usage, hasChoices, isFinished, isError, textBytes);
    }

    /** The parser stands at the brace that opens the object, and is left at the one that closes it. */
    void object() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            field(name, parser.nextToken());
        }
    }

    private void field(String name, JsonToken value) throws IOException {
        boolean isObject = value == JsonToken.START_OBJECT;
        switch (name) {
            case "model" -> model = text(value);
            case "service_tier" -> serviceTier = text(value);
            case "usage" -> usage = isObject ? new UsageScan(endpoint, parser).read() : notAnObject(value);
            case "choices" -> choices(value);
            // The last events of the responses endpoint carry the whole answer.
            case "response" -> nested(isObject);
            case "type" -> type(String.valueOf(text(value)));
            case "delta" -> addText();
            case "error" -> {
                isError |= value != JsonToken.VALUE_NULL;
                parser.skipChildren();
            }
            default -> parser.skipChildren();
        }
    }

    private void nested(boolean isObject) throws IOException {
        if (isObject) {
            boolean wasError = isError;
            object();
            isError = wasError;
        } else {
            parser.skipChildren();
        }
    }

    /** Null is what upstreams send with each event but the last. */
    private @Nullable Usage notAnObject(JsonToken value) throws IOException {
        parser.skipChildren();
        return value == JsonToken.VALUE_NULL ? usage : new Usage(0, 0, 0, 0, 0, false);
    }

    private void type(String type) {
        isFinished |= LAST_EVENTS.contains(type);
        isError |= type.equals("error");
    }

    private void choices(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            hasChoices = true;
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                choice();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void choice() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "finish_reason" -> {
                    isFinished |= value == JsonToken.VALUE_STRING;
                    parser.skipChildren();
                }
                case "delta", "text" -> addText();
                default -> parser.skipChildren();
            }
        }
    }

    /** All strings of the value count: content, refusal, reasoning, arguments of tools. */
    private void addText() throws IOException {
        int open = 0;
        do {
            switch (parser.currentToken()) {
                case START_OBJECT, START_ARRAY -> open++;
                case END_OBJECT, END_ARRAY -> open--;
                case VALUE_STRING -> textBytes += parser.getText().getBytes(StandardCharsets.UTF_8).length;
                default -> {}
            }
        } while (open > 0 && parser.nextToken() != null);
        hasChoices |= textBytes > 0;
    }

    private @Nullable String text(JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }
}
