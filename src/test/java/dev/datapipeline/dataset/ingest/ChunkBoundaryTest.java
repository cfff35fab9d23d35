package dev.datapipeline.dataset.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However the network cuts an upload, the outcome is the same: records, summary, problem and position. */
class ChunkBoundaryTest {
    private static final int[] PIECES = {1, 2, 3, 7, 64};
    private static final int[] WINDOWS = {16, 37, 256};

    @Test
    void samplesReadTheSameInPieces() {
        List<String> values = new ArrayList<>(JsonSamples.VALID);
        values.addAll(JsonSamples.INVALID);
        values.addAll(JsonSamples.DUPLICATES);
        values.addAll(JsonSamples.MALFORMED);

        for (String value : values) {
            assertSameInPieces(latin1("[{\"first\":true},\n {\"value\":" + value + "}]"), DatasetFormat.JSON);
            assertSameInPieces(latin1("{\"value\":" + value + "}\n{\"last\":1}\n"), null);
            assertSameInPieces(latin1(value), null);
        }
    }

    @Test
    void csvReadsTheSameInPieces() {
        for (String upload : List.of(
                "a,b\r\n\"x \"\"y\"\"\r\nz\",é€😀\r\n\r\n1,2",
                "a\n\n1\n",
                "a,b\n1\n",
                "a,a\n",
                "a\n\"x",
                "a\nx\"",
                "a\r1")) {
            assertSameInPieces(upload.getBytes(StandardCharsets.UTF_8), DatasetFormat.CSV);
        }
    }

    @Test
    void damagedDocumentsReadTheSameInPieces() {
        Random random = new Random(20240229);
        RandomJson json = new RandomJson(random);
        for (int round = 0; round < 2_000; round++) {
            byte[] upload = json.array().getBytes(StandardCharsets.UTF_8);
            if (round % 2 == 1) {
                upload[random.nextInt(upload.length)] = (byte) random.nextInt(256);
            }
            assertSameInPieces(upload, null);
        }
    }

    private static void assertSameInPieces(byte[] upload, @Nullable DatasetFormat format) {
        Reading whole = Reading.of(upload, format);
        for (int piece : PIECES) {
            for (int window : WINDOWS) {
                Reading pieces = Reading.of(upload, format, piece, window, Reading.LIMITS);
                assertEquals(
                        whole,
                        pieces,
                        () -> "in pieces of " + piece + ", window " + window + ": "
                                + new String(upload, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
