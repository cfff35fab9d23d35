package dev.datapipeline.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Takes a JSON object apart into one text for each of its keys: strings as they are, null as nothing, everything else as its JSON. */
final class FlatObject {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private FlatObject() {}

    interface Cells {
        /**
         * Takes one key of the object.
         *
         * @param isText whether it was a JSON string
         */
        void cell(String key, String text, boolean isText) throws IOException;
    }

    static void read(byte[] object, Cells cells) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                cells.cell(key, text(parser, token, object), token == JsonToken.VALUE_STRING);
            }
        }
    }

    /** What a JSON string says. */
    static String string(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    private static String text(JsonParser parser, JsonToken token, byte[] object) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            return "";
        }
        if (!token.isStructStart()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new String(object, start, end - start, UTF_8);
    }
}
