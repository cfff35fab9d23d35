package dev.datapipeline.llm.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.llm.call.InputBound;
import java.io.IOException;
import java.util.Locale;

/** The reading of one body, from the first field to the last. */
final class BodyScan {
    private static final int TOKENS_OF_MESSAGE = 16;
    private static final int TOKENS_OF_TOOL = 64;
    private static final int MOST_ANSWERS = 128;

    private final JsonParser parser;
    private final FieldRules rules;
    private final int length;
    private final ContentScan content;

    private String model = "";
    private boolean isStream;
    private ModelRequest.StreamUsage streamUsage = ModelRequest.StreamUsage.NOT_SAID;
    private long choices = 1;
    private long bestOf = 1;
    private long prompts = 1;
    private long outputBound = ModelRequest.NO_BOUND;
    private String outputField = "";
    private String serviceTier = "";
    private int tools;
    private boolean isBounded = true;
    private int streamOptions = -1;
    private boolean isStreamOptionsEmpty;
    private int streamOptionsNull = -1;
    private int outputNull = -1;

    BodyScan(JsonParser parser, FieldRules rules, int length) {
        this.parser = parser;
        this.rules = rules;
        this.length = length;
        this.content = new ContentScan(parser, rules);
    }

    /** The parser stands at the brace that opens the body. */
    ModelRequest read(byte[] digest) throws IOException, RequestRefusedException {
        int object = position();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value != JsonToken.VALUE_NULL) {
                rules.checkField(name);
            }
            field(name, value);
        }
        if (model.isEmpty()) {
            throw RequestRefusedException.invalid("The field \"model\" must name a model.");
        }
        rules.checkModel(model);
        long answers = Math.max(choices, bestOf) * prompts;
        long tokens = length
                - content.embeddedBytes()
                + (long) TOKENS_OF_MESSAGE * content.messages()
                + (long) TOKENS_OF_TOOL * tools;
        return new ModelRequest(
                model,
                isStream,
                streamUsage,
                answers,
                outputBound,
                outputField,
                serviceTier,
                new InputBound(tokens, content.images(), isBounded && content.isBounded()),
                new ModelRequest.Places(object, streamOptions, isStreamOptionsEmpty, streamOptionsNull, outputNull),
                digest);
    }

    private void field(String name, JsonToken value) throws IOException, RequestRefusedException {
        switch (name) {
            case "model" -> model = text(name, value);
            case "stream" -> isStream = bool(name, value);
            case "stream_options" -> readStreamOptions(value);
            case "max_tokens", "max_completion_tokens", "max_output_tokens" -> readOutputBound(name, value);
            case "n" -> choices = count(name, value);
            case "best_of" -> bestOf = count(name, value);
            case "service_tier" -> serviceTier = value == JsonToken.VALUE_NULL ? "" : text(name, value);
            case "tools" -> readTools(value);
            case "messages", "input" -> content.read(value, 1);
            case "prompt" -> prompts = Math.max(1, content.readPrompts(value));
            case "modalities", "audio" -> readAudio(value);
            default -> other(name, value);
        }
    }

    private void other(String name, JsonToken value) throws IOException, RequestRefusedException {
        if (rules.isSwitch(name)) {
            rules.checkSwitch(name, value == JsonToken.VALUE_FALSE || value == JsonToken.VALUE_NULL);
        }
        parser.skipChildren();
    }

    private void readStreamOptions(JsonToken value) throws IOException, RequestRefusedException {
        if (value == JsonToken.VALUE_NULL) {
            streamOptionsNull = start();
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            throw RequestRefusedException.invalid("The field \"stream_options\" must be an object.");
        }
        streamOptions = position();
        isStreamOptionsEmpty = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            isStreamOptionsEmpty = false;
            String name = parser.currentName();
            JsonToken option = parser.nextToken();
            if (Names.fold(name).equals("include_usage")) {
                streamUsage = bool(name, option) ? ModelRequest.StreamUsage.ASKED : ModelRequest.StreamUsage.DECLINED;
            }
            parser.skipChildren();
        }
    }

    /** Where two are given nobody knows which one the upstream obeys, so the larger one counts. */
    private void readOutputBound(String name, JsonToken value) throws IOException, RequestRefusedException {
        if (value == JsonToken.VALUE_NULL) {
            if (outputField.isEmpty()) {
                outputField = name;
                outputNull = start();
            }
            return;
        }
        long bound = whole(name, value, 0, Integer.MAX_VALUE);
        outputBound = Math.max(outputBound, bound);
        outputField = name;
        outputNull = -1;
    }

    private void readTools(JsonToken value) throws IOException, RequestRefusedException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            tools++;
            rules.checkTool(typeOfTool());
        }
    }

    private String typeOfTool() throws IOException {
        String type = "";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return type;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = parser.getText();
            }
            parser.skipChildren();
        }
        return type;
    }

    /** Sound costs by the second, in and out. */
    private void readAudio(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            isBounded &= value == JsonToken.VALUE_NULL;
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            isBounded &= parser.currentToken() == JsonToken.VALUE_STRING
                    && parser.getText().equals("text");
            parser.skipChildren();
        }
    }

    private long count(String name, JsonToken value) throws IOException, RequestRefusedException {
        return value == JsonToken.VALUE_NULL ? 1 : whole(name, value, 1, MOST_ANSWERS);
    }

    private long whole(String name, JsonToken value, long least, long most)
            throws IOException, RequestRefusedException {
        if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT) {
            long number = parser.getLongValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw RequestRefusedException.invalid(String.format(
                Locale.ROOT, "The field \"%s\" must be a whole number from %d to %d.", name, least, most));
    }

    private boolean bool(String name, JsonToken value) throws RequestRefusedException {
        if (value == JsonToken.VALUE_TRUE) {
            return true;
        }
        if (value == JsonToken.VALUE_FALSE || value == JsonToken.VALUE_NULL) {
            return false;
        }
        throw RequestRefusedException.invalid("The field \"" + name + "\" must be true or false.");
    }

    private String text(String name, JsonToken value) throws IOException, RequestRefusedException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        throw RequestRefusedException.invalid("The field \"" + name + "\" must be a string.");
    }

    /** Behind the token that the parser stands at. */
    private int position() {
        return (int) parser.currentLocation().getByteOffset();
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
