package dev.datapipeline.results.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.json.StoredJson;
import dev.datapipeline.results.export.columns.TableColumns;
import java.io.IOException;
import java.io.OutputStream;

/** Copies chosen members of a JSON object, each byte for byte. */
final class MemberFilter {
    private MemberFilter() {}

    /** Parses characters and not bytes, because half of a surrogate pair may be escaped in a key. */
    static void write(byte[] object, TableColumns columns, OutputStream target) throws IOException {
        String text = new String(object, UTF_8);
        target.write('{');
        boolean isFirst = true;
        try (JsonParser parser = StoredJson.TOP_LEVEL.createParser(text.toCharArray())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isShown = columns.showField(parser.currentName());
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.nextToken();
                parser.skipChildren();
                parser.finishToken();
                int end = (int) parser.currentLocation().getCharOffset();
                if (isShown) {
                    target.write((isFirst ? "" : ",").getBytes(UTF_8));
                    target.write(text.substring(start, end).getBytes(UTF_8));
                    isFirst = false;
                }
            }
        }
        target.write('}');
    }
}
