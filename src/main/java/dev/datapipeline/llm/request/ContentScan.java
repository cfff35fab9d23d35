package dev.datapipeline.llm.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/** Reads what the model is to read: messages, input, prompts. */
final class ContentScan {
    /** Types of content whose tokens nobody can tell from their bytes. */
    private static final Set<String> UNBOUNDED =
            Set.of("input_audio", "audio", "input_file", "file", "video", "video_url", "input_video", "item_reference");

    private final JsonParser parser;
    private final FieldRules rules;
    private int messages;
    private int images;
    private long embeddedBytes;
    private boolean isBounded = true;

    ContentScan(JsonParser parser, FieldRules rules) {
        this.parser = parser;
        this.rules = rules;
    }

    /** @return prompts that are answered each by itself: a list of texts or of lists of tokens is many, one of tokens is one */
    int readPrompts(JsonToken value) throws IOException, RequestRefusedException {
        if (value != JsonToken.START_ARRAY) {
            read(value, 0);
            return 1;
        }
        int prompts = 0;
        int tokens = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                tokens = 1;
                continue;
            }
            prompts++;
            read(parser.currentToken(), 0);
        }
        return prompts + tokens;
    }

    /**
     * The parser stands at the value and is left at its end.
     *
     * @param depth of lists whose elements are messages
     */
    void read(JsonToken value, int depth) throws IOException, RequestRefusedException {
        int open = 0;
        JsonToken token = value;
        do {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    messages += open == depth && token == JsonToken.START_OBJECT ? 1 : 0;
                    open++;
                }
                case END_OBJECT, END_ARRAY -> open--;
                case VALUE_STRING -> text();
                default -> {}
            }
        } while (open > 0 && (token = parser.nextToken()) != null);
    }

    private void text() throws IOException, RequestRefusedException {
        JsonStreamContext place = parser.getParsingContext();
        String name = Names.fold(String.valueOf(place.getCurrentName()));
        String text = parser.getText();
        rules.checkText(name, parentOf(place), text);
        if (name.equals("type") && UNBOUNDED.contains(text) || name.equals("file_id")) {
            isBounded = false;
        }
        boolean isImage = name.equals("image_url")
                || name.equals("url") && parentOf(place).equals("image_url");
        if (!isImage) {
            return;
        }
        images++;
        if (FieldRules.isEmbedded(text)) {
            embeddedBytes += parser.currentLocation().getByteOffset()
                    - parser.currentTokenLocation().getByteOffset();
        }
    }

    /** The name of the nearest field around the object, lists passed over. */
    private static String parentOf(JsonStreamContext place) {
        JsonStreamContext around = place.getParent();
        while (around != null && around.getCurrentName() == null) {
            around = around.getParent();
        }
        return around == null ? "" : Names.fold(around.getCurrentName());
    }

    int messages() {
        return messages;
    }

    int images() {
        return images;
    }

    long embeddedBytes() {
        return embeddedBytes;
    }

    boolean isBounded() {
        return isBounded;
    }
}
