package dev.datapipeline.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.io.StringWriter;

/** @param json ASCII */
@JsonDeserialize(using = RawRecord.Reader.class)
record RawRecord(String json) {
    boolean isObject() {
        return json.startsWith("{");
    }

    byte[] bytes() {
        return json.getBytes(UTF_8);
    }

    static final class Reader extends JsonDeserializer<RawRecord> {
        @Override
        public RawRecord deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator copy = parser.getCodec().getFactory().createGenerator(text)) {
                copy.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);
                int depth = 0;
                do {
                    JsonToken token = parser.currentToken();
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    copy(parser, token, copy);
                } while (depth > 0 && parser.nextToken() != null);
            }
            return new RawRecord(text.toString());
        }

        /** A number goes over as it is written, everything else as it is meant. */
        private static void copy(JsonParser parser, JsonToken token, JsonGenerator copy) throws IOException {
            if (token.isNumeric()) {
                copy.writeNumber(parser.getText());
                return;
            }
            copy.copyCurrentEvent(parser);
        }
    }
}
