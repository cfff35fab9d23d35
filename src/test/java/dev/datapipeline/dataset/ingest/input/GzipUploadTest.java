package dev.datapipeline.dataset.ingest.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.dataset.ingest.Gzip;
import dev.datapipeline.dataset.ingest.TrickleStream;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipUploadTest {
    private static String unpack(byte[] packed, int pieceBytes) throws IOException {
        try (GzipUpload upload = new GzipUpload(new TrickleStream(packed, pieceBytes), 200)) {
            return new String(upload.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ProblemType rejection(byte[] packed) {
        return assertThrows(ProblemException.class, () -> unpack(packed, 1024)).type();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    @Test
    void decompressesInPiecesOfAnySize() throws IOException {
        String text = "some text, ".repeat(10_000) + "é";
        byte[] packed = Gzip.pack(text);

        for (int piece : new int[] {1, 7, 64, 100_000}) {
            assertEquals(text, unpack(packed, piece));
        }
    }

    @Test
    void joinsSeveralMembers() throws IOException {
        byte[] packed = join(Gzip.pack("one,"), Gzip.pack(""), Gzip.pack("two"));

        for (int piece : new int[] {1, 20, 1024}) {
            assertEquals("one,two", unpack(packed, piece));
        }
    }

    @Test
    void zeroBytesAfterAMemberArePadding() throws IOException {
        byte[] padded = join(Gzip.pack("one,"), new byte[512], Gzip.pack("two"), new byte[100_000]);

        for (int piece : new int[] {1, 20, 100_000}) {
            assertEquals("one,two", unpack(padded, piece));
        }
    }

    @Test
    void headerMayHoldEverything() throws IOException {
        byte[] plain = Gzip.pack("text");
        byte[] header = {
            0x1F,
            (byte) 0x8B,
            8,
            31,
            0,
            0,
            0,
            0,
            0,
            3,
            2,
            0,
            'e',
            'x',
            'n',
            'a',
            'm',
            'e',
            0,
            'n',
            'o',
            't',
            'e',
            0,
            1,
            2
        };

        assertEquals("text", unpack(join(header, Arrays.copyOfRange(plain, 10, plain.length)), 3));
    }

    @Test
    void emptyUploadIsEmpty() throws IOException {
        assertEquals("", unpack(new byte[0], 1));
    }

    @Test
    void everyTruncationIsRejected() {
        byte[] packed = Gzip.pack("some text that is long enough");

        for (int length = 1; length < packed.length; length++) {
            assertEquals(ProblemType.INVALID_GZIP, rejection(Arrays.copyOf(packed, length)));
        }
    }

    @Test
    void whatFollowsTheEndIsRejected() {
        assertEquals(ProblemType.INVALID_GZIP, rejection(join(Gzip.pack("text"), new byte[] {0, 0, 1})));
        assertEquals(ProblemType.INVALID_GZIP, rejection(join(new byte[] {0}, Gzip.pack("text"))));
        assertEquals(ProblemType.INVALID_GZIP, rejection(join(Gzip.pack("text"), new byte[] {0x1F, (byte) 0x8B})));
    }

    @Test
    void damageIsRejected() {
        byte[] packed = Gzip.pack("some text that is long enough");

        for (int index = 0; index < packed.length; index++) {
            if (index >= 3 && index <= 9) {
                continue;
            }
            byte[] damaged = packed.clone();
            damaged[index] ^= 0x55;
            assertEquals(ProblemType.INVALID_GZIP, rejection(damaged), "byte " + index);
        }
    }

    @Test
    void bombIsRejectedBeforeItIsUnpacked() {
        byte[] packed = Gzip.pack(" ".repeat(200 * 1024 * 1024));

        assertEquals(ProblemType.TOO_LARGE, rejection(packed));
    }
}
