package dev.datapipeline.results.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputBufferTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyByteComesOutInOrder(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        OutputBuffer buffer = new OutputBuffer(target, 16);

        for (int piece = 0; piece < 500; piece++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            buffer.write(bytes);
            expected.write(bytes);
            buffer.write(piece);
            expected.write(piece);
        }
        buffer.flush();

        assertArrayEquals(expected.toByteArray(), target.toByteArray());
    }

    @Test
    void smallPiecesWaitForTheBufferToFill() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        OutputBuffer buffer = new OutputBuffer(target, 4);

        buffer.write(new byte[] {1, 2, 3});
        assertEquals(0, target.size());
        buffer.write(new byte[] {4, 5});
        assertEquals(3, target.size());
    }
}
