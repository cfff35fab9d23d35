package dev.datapipeline.results.correlation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.datapipeline.json.StoredJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a record, those of nested objects too, without building its value. */
final class FieldReader {
    /** Objects in objects in the record. */
    private static final int DEEPEST = 4;

    private static final int LONGEST_LITERAL = 60;

    private final Fields fields;

    interface Fields {
        /** The field with this name in another one; null when it and what is in it are to be read past. */
        @Nullable
        FieldProfile field(FieldProfile parent, String name);

        void value(FieldProfile field, FieldValue value);
    }

    FieldReader(Fields fields) {
        this.fields = fields;
    }

    /** Reads as far as the bytes are JSON; older versions may have stored others. */
    void read(byte[] record, FieldProfile root) throws IOException {
        try (JsonParser parser = StoredJson.NESTED.createParser(record)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                object(parser, root, 0);
            }
        } catch (JsonProcessingException stored) {
            // What was read until here counts.
        }
    }

    private boolean object(JsonParser parser, FieldProfile parent, int depth) throws IOException {
        boolean isEmpty = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            isEmpty = false;
            FieldProfile field = depth > DEEPEST ? null : fields.field(parent, parser.currentName());
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else {
                fields.value(field, value(parser, field, depth));
            }
        }
        return isEmpty;
    }

    private FieldValue value(JsonParser parser, FieldProfile field, int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT ->
                new FieldValue(ValueType.OBJECT, null, Double.NaN, 0, object(parser, field, depth + 1));
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> text(parser);
            case VALUE_NULL -> new FieldValue(ValueType.NULL, null, Double.NaN, 0, false);
            case VALUE_TRUE, VALUE_FALSE -> new FieldValue(ValueType.BOOLEAN, parser.getText(), Double.NaN, 0, false);
            default -> number(parser);
        };
    }

    private static FieldValue list(JsonParser parser) throws IOException {
        int entries = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            entries++;
        }
        return new FieldValue(ValueType.LIST, null, Double.NaN, entries, entries == 0);
    }

    private static FieldValue text(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length > LONGEST_LITERAL) {
            return new FieldValue(ValueType.TEXT, null, Double.NaN, length, false);
        }
        String text = parser.getText();
        String literal = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        return new FieldValue(ValueType.TEXT, literal, Double.NaN, length, text.isBlank());
    }

    private static FieldValue number(JsonParser parser) throws IOException {
        String literal = parser.getTextLength() > LONGEST_LITERAL ? null : parser.getText();
        double number = literal == null ? Double.NaN : Double.parseDouble(literal);
        return new FieldValue(ValueType.NUMBER, literal, number, 0, false);
    }
}
