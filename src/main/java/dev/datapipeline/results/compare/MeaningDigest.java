package dev.datapipeline.results.compare;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.memory.MemoryLease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Prints JSON by what it means: the order of keys and how a text is escaped change nothing. Numbers count as they are written and are
 * never computed with, however long they are. Builds nothing: an object is the sum of the digests of its members. Bytes that are no JSON,
 * which were stored before values were checked, are printed as bytes.
 */
final class MeaningDigest implements Digest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Smaller values are not worth counting. */
    private static final int SMALL = 64 * 1024;

    /** Of bytes in memory for each byte of a value: the value while it is gathered, and its texts. */
    private static final int COPIES = 6;

    private final MemoryBudget budget;

    MeaningDigest(MemoryBudget budget) {
        this.budget = budget;
    }

    @Override
    public byte[] of(long length, Value value) throws IOException {
        try (MemoryLease memory = budget.take(length <= SMALL ? 0 : COPIES * length)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
            value.writeTo(bytes);
            return of(bytes.toByteArray());
        }
    }

    private static byte[] of(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return print(parser);
        } catch (JsonProcessingException stored) {
            return ValueDigest.sha256().digest(json);
        }
    }

    private static byte[] print(JsonParser parser) throws IOException {
        MessageDigest digest = ValueDigest.sha256();
        JsonToken token = parser.currentToken();
        digest.update((token == null ? "" : token.name()).getBytes(US_ASCII));
        if (token == JsonToken.START_OBJECT) {
            digest.update(sumOfMembers(parser));
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                digest.update(print(parser));
            }
        } else if (token != null) {
            digest.update(bytes(parser.getText()));
        }
        return digest.digest();
    }

    private static byte[] sumOfMembers(JsonParser parser) throws IOException {
        ByteBuffer sum = ByteBuffer.allocate(4 * Long.BYTES);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            MessageDigest member = ValueDigest.sha256();
            byte[] name = bytes(parser.currentName());
            member.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length));
            member.update(name);
            parser.nextToken();
            ByteBuffer print = ByteBuffer.wrap(member.digest(print(parser)));
            for (int at = 0; at < sum.limit(); at += Long.BYTES) {
                sum.putLong(at, sum.getLong(at) + print.getLong(at));
            }
        }
        return sum.array();
    }

    /** As the characters stand, halves of surrogate pairs too. */
    private static byte[] bytes(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        for (int i = 0; i < text.length(); i++) {
            bytes.putChar(text.charAt(i));
        }
        return bytes.array();
    }
}
