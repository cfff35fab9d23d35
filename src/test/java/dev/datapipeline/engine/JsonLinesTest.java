package dev.datapipeline.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void findsEveryControlCharacterAtEveryPlace() {
        for (int value = 0; value < 256; value++) {
            for (int at = 0; at < 19; at++) {
                ByteBuffer bytes = ByteBuffer.wrap("{\"text\":\"\u00fc~ !\u007f\"}xx".getBytes(UTF_8));
                bytes.put(at % bytes.limit(), (byte) value);

                assertEquals(value < 32, JsonLines.hasControlCharacter(bytes, 0, bytes.limit()), value + " at " + at);
            }
        }
    }

    @Test
    void looksOnlyBetweenTheBounds() {
        ByteBuffer bytes = ByteBuffer.wrap("\n1234567890\n".getBytes(UTF_8));

        assertEquals(false, JsonLines.hasControlCharacter(bytes, 1, 11));
        assertEquals(true, JsonLines.hasControlCharacter(bytes, 1, 12));
    }

    @Test
    void countsLineFeedsAsAPlainLoopDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            int expected = 0;
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(3) == 0 ? '\n' : 8 + random.nextInt(248));
                expected += bytes[at] == '\n' ? 1 : 0;
            }

            assertEquals(expected, JsonLines.count(ByteBuffer.wrap(bytes)));
        }
    }
}
