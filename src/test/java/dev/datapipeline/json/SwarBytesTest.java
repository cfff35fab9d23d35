package dev.datapipeline.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SwarBytesTest {
    @Test
    void byteIsFoundWhereverItStands() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int wanted = random.nextBoolean() || bytes.length == 0 ? '\n' : bytes[random.nextInt(bytes.length)];

            int found = SwarBytes.indexOf((byte) wanted, bytes, from, to);

            assertEquals(
                    new String(bytes, from, to - from, ISO_8859_1).indexOf(wanted & 0xFF),
                    found < 0 ? -1 : found - from);
        }
    }

    @Test
    void bytesThatDifferInOneBitAreNotTakenForIt() {
        byte[] bytes = {'\n' + 1, '\n' - 1, (byte) ('\n' | 0x80), 0, (byte) 0xFF, '\n' + 1, '\n' + 1, '\n' ^ 8, '\n' ^ 2
        };

        assertEquals(-1, SwarBytes.indexOf((byte) '\n', bytes, 0, bytes.length));
    }
}
