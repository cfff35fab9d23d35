package dev.datapipeline.llm.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.digest.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest of a JSON document that is the same for all ways to write it down: white space, escapes and the order of keys do not matter.
 * Numbers count as they are written. Reads the document once and keeps a digest for each field of the objects that are open.
 */
final class CanonicalDigest {
    private static final int MOST_AT_ONCE = 512;

    private final JsonParser parser;
    private final ByteBuffer bytes = ByteBuffer.allocate(MOST_AT_ONCE);

    private CanonicalDigest(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws RequestRefusedException when a key comes twice in an object: readers differ in which one they take */
    static byte[] of(JsonParser parser) throws IOException, RequestRefusedException {
        MessageDigest digest = Sha256.newDigest();
        parser.nextToken();
        new CanonicalDigest(parser).value(digest);
        return digest.digest();
    }

    private void value(MessageDigest digest) throws IOException, RequestRefusedException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return;
        }
        switch (token) {
            case START_OBJECT -> object(digest);
            case START_ARRAY -> {
                digest.update((byte) '[');
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(digest);
                }
                digest.update((byte) ']');
            }
            case VALUE_STRING -> text(digest, '"', parser.getText());
            default -> text(digest, 'v', parser.getText());
        }
    }

    private void object(MessageDigest digest) throws IOException, RequestRefusedException {
        Map<String, byte[]> fields = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            MessageDigest field = Sha256.newDigest();
            value(field);
            if (fields.put(name, field.digest()) != null) {
                throw RequestRefusedException.invalid("The key \"" + name + "\" comes twice in the same object.");
            }
        }
        digest.update((byte) '{');
        fields.forEach((name, field) -> {
            text(digest, '"', name);
            digest.update(field);
        });
        digest.update((byte) '}');
    }

    /** The length in front keeps two texts from reading like one; characters as they are, since half a pair has no bytes in UTF-8. */
    private void text(MessageDigest digest, char kind, String text) {
        bytes.clear().put((byte) kind).putInt(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (bytes.remaining() < Character.BYTES) {
                digest.update(bytes.flip());
                bytes.clear();
            }
            bytes.putChar(text.charAt(i));
        }
        digest.update(bytes.flip());
    }
}
