package dev.datapipeline.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
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
