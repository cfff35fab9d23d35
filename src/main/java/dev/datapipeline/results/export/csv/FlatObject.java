package dev.datapipeline.results.export.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.json.StoredJson;
import java.io.IOException;

/** Splits a JSON object into one text for each key: strings unescaped, null as nothing, everything else as its JSON. */
final class FlatObject {
    private FlatObject() {}

    interface Cells {
        void cell(String key, CellKind kind, String text) throws IOException;
    }

    static void read(byte[] object, Cells cells) throws IOException {
        if (mayHoldSurrogate(object)) {
            readCharacters(new String(object, UTF_8), cells);
            return;
        }
        try (JsonParser parser = StoredJson.TOP_LEVEL.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                CellKind kind = kind(parser.nextToken());
                if (kind != CellKind.JSON) {
                    cells.cell(key, kind, text(parser, kind));
                    continue;
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int end = (int) parser.currentLocation().getByteOffset();
                cells.cell(key, kind, new String(object, start, end - start, UTF_8));
            }
        }
    }

    private static void readCharacters(String object, Cells cells) throws IOException {
        try (JsonParser parser = StoredJson.TOP_LEVEL.createParser(object.toCharArray())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                CellKind kind = kind(parser.nextToken());
                if (kind != CellKind.JSON) {
                    cells.cell(key, kind, text(parser, kind));
                    continue;
                }
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                int end = (int) parser.currentLocation().getCharOffset();
                cells.cell(key, kind, object.substring(start, end));
            }
        }
    }

    static String string(byte[] json) throws IOException {
        try (JsonParser parser = StoredJson.TOP_LEVEL.createParser(json)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    /** Half of a surrogate pair can only be written as an escape such as {@code \ud83d}. */
    private static boolean mayHoldSurrogate(byte[] json) {
        for (int i = 0; i + 2 < json.length; i++) {
            if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] == 'd' || json[i + 2] == 'D')) {
                return true;
            }
        }
        return false;
    }

    private static CellKind kind(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> CellKind.NULL;
            case VALUE_STRING -> CellKind.TEXT;
            case START_OBJECT, START_ARRAY -> CellKind.JSON;
            default -> CellKind.LITERAL;
        };
    }

    private static String text(JsonParser parser, CellKind kind) throws IOException {
        return kind == CellKind.NULL ? "" : parser.getText();
    }
}
