package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts, limits and digests the bytes of an upload while they are read. */
public final class UploadStream extends InputStream {
    private final InputStream source;
    private final long maxBytes;
    private final MessageDigest digest = Sha256.newDigest();
    private long bytes;

    public UploadStream(InputStream source, long maxBytes) {
        this.source = source;
        this.maxBytes = maxBytes;
    }

    /** @throws ProblemException when the upload passes its limit */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int received = source.read(target, offset, length);
        if (received <= 0) {
            return received;
        }
        bytes += received;
        if (bytes > maxBytes) {
            throw tooLarge(maxBytes);
        }
        digest.update(target, offset, received);
        return received;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    public static ProblemException tooLarge(long maxBytes) {
        return new ProblemException(
                ProblemType.TOO_LARGE, "A dataset has at most " + maxBytes + " bytes. Split it into several.");
    }

    public long bytes() {
        return bytes;
    }

    /** SHA-256 of the bytes read, in hexadecimal; call once, at the end. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
