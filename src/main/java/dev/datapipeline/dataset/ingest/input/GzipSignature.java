package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Recognises gzip by the first ten bytes of a member, some of which are fixed (RFC 1952). */
public final class GzipSignature {
    private static final int HEADER_BYTES = 10;
    private static final int[] BEGINNING = {0x1F, 0x8B, 8};
    private static final int FLAGS = 3;
    private static final int RESERVED_FLAGS = 0xE0;

    private final PushbackInputStream upload;

    public GzipSignature(InputStream upload) {
        this.upload = new PushbackInputStream(upload, HEADER_BYTES);
    }

    /** The whole upload, including the inspected bytes. */
    public InputStream upload() {
        return upload;
    }

    /** Inspects the beginning of the upload, and reads no more of it than is needed. */
    public boolean isThere() {
        byte[] header = new byte[HEADER_BYTES];
        int count = 0;
        try {
            boolean fits = true;
            while (fits && count < HEADER_BYTES) {
                int next = upload.read();
                if (next < 0) {
                    break;
                }
                header[count] = (byte) next;
                fits = fits(count, next);
                count++;
            }
            upload.unread(header, 0, count);
            return fits && count == HEADER_BYTES;
        } catch (IOException brokenOff) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The upload broke off after %d bytes. Send it again.".formatted(count));
        }
    }

    private static boolean fits(int index, int value) {
        if (index < BEGINNING.length) {
            return BEGINNING[index] == value;
        }
        return index != FLAGS || (value & RESERVED_FLAGS) == 0;
    }
}
