package dev.datapipeline.results.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.datapipeline.digest.Sha256;
import dev.datapipeline.json.StoredJson;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.results.scan.ValuesInMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Digests the meaning of JSON: the order of keys and the way a text is escaped change nothing. Numbers count as they are written. Builds no
 * values: the digest of an object is the sum of the digests of its members. Bytes that are not JSON, which older versions may have stored,
 * are digested as bytes.
 */
final class MeaningDigest implements Digest {
    private final ValuesInMemory values;

    MeaningDigest(MemoryBudget budget) {
        this.values = new ValuesInMemory(budget);
    }

    @Override
    public byte[] of(long length, Value value) throws IOException {
        return values.parse(length, value::writeTo, MeaningDigest::of);
    }

    /** Digests of the members of an object, by name; of bytes that are not JSON, none. */
    Map<String, Long> members(long length, Value value) throws IOException {
        return values.parse(length, value::writeTo, MeaningDigest::members);
    }

    private static Map<String, Long> members(byte[] json) throws IOException {
        Map<String, Long> members = new HashMap<>();
        try (JsonParser parser = StoredJson.NESTED.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, ByteBuffer.wrap(digest(parser)).getLong());
            }
        } catch (JsonProcessingException stored) {
            return Map.of();
        }
        return members;
    }

    private static byte[] of(byte[] json) throws IOException {
        try (JsonParser parser = StoredJson.NESTED.createParser(json)) {
            parser.nextToken();
            return digest(parser);
        } catch (JsonProcessingException stored) {
            return Sha256.newDigest().digest(json);
        }
    }

    private static byte[] digest(JsonParser parser) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        JsonToken token = parser.currentToken();
        digest.update((token == null ? "" : token.name()).getBytes(US_ASCII));
        if (token == JsonToken.START_OBJECT) {
            digest.update(sumOfMembers(parser));
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                digest.update(digest(parser));
            }
        } else if (token != null) {
            digest.update(bytes(parser.getText()));
        }
        return digest.digest();
    }

    private static byte[] sumOfMembers(JsonParser parser) throws IOException {
        ByteBuffer sum = ByteBuffer.allocate(4 * Long.BYTES);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            MessageDigest member = Sha256.newDigest();
            byte[] name = bytes(parser.currentName());
            member.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length));
            member.update(name);
            parser.nextToken();
            ByteBuffer digest = ByteBuffer.wrap(member.digest(digest(parser)));
            for (int at = 0; at < sum.limit(); at += Long.BYTES) {
                sum.putLong(at, sum.getLong(at) + digest.getLong(at));
            }
        }
        return sum.array();
    }

    /** The UTF-16 code units, including halves of surrogate pairs. */
    private static byte[] bytes(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        for (int i = 0; i < text.length(); i++) {
            bytes.putChar(text.charAt(i));
        }
        return bytes.array();
    }
}
