package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * What an upload is by its first bytes.
 *
 * @param upload the whole of it, including the inspected bytes
 */
public record UploadSignature(Kind kind, InputStream upload) {
    /** Of a member of gzip, some of which are fixed (RFC 1952). */
    private static final int HEADER_BYTES = 10;

    private static final String GZIP = "1f8b08";
    private static final String ZIP = "504b0304";
    private static final String EMPTY_ZIP = "504b0506";
    private static final String PARQUET = "50415231";
    private static final int FLAGS = 3;
    private static final int RESERVED_FLAGS = 0xE0;

    public enum Kind {
        GZIP,
        ZIP,
        PARQUET,
        OTHER
    }

    /** Reads no more of the upload than is needed. */
    public static UploadSignature of(InputStream upload) {
        PushbackInputStream whole = new PushbackInputStream(upload, HEADER_BYTES);
        byte[] header = new byte[HEADER_BYTES];
        int count = 0;
        try {
            int received = 0;
            while (received >= 0 && count < HEADER_BYTES && mayBePacked(header, count)) {
                received = whole.read(header, count, 1);
                count += Math.max(received, 0);
            }
            whole.unread(header, 0, count);
        } catch (IOException brokenOff) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The upload broke off after %d bytes. Send it again.".formatted(count));
        }
        byte[] first = Arrays.copyOf(header, count);
        return new UploadSignature(kind(first), whole);
    }

    /** Whether the first bytes are so far those of something that is packed. */
    private static boolean mayBePacked(byte[] header, int count) {
        String digits = HexFormat.of().formatHex(header, 0, count);
        return Stream.of(GZIP, ZIP, EMPTY_ZIP, PARQUET)
                .anyMatch(magic -> digits.startsWith(magic) || magic.startsWith(digits));
    }

    private static Kind kind(byte[] first) {
        String digits = HexFormat.of().formatHex(first);
        if (digits.startsWith(GZIP) && first.length == HEADER_BYTES && (first[FLAGS] & RESERVED_FLAGS) == 0) {
            return Kind.GZIP;
        }
        if (digits.startsWith(PARQUET)) {
            return Kind.PARQUET;
        }
        return digits.startsWith(ZIP) || digits.startsWith(EMPTY_ZIP) ? Kind.ZIP : Kind.OTHER;
    }
}
