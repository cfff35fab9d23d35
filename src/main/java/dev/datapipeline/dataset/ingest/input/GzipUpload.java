package dev.datapipeline.dataset.ingest.input;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks an upload in gzip (RFC 1952), of one member or several.
 *
 * <p>{@link java.util.zip.GZIPInputStream} would lose records in silence: it skips garbage after a member and takes a pause of the network
 * for the end. The class of commons-compress refuses padding after a member and reads a name of any length into memory.
 */
public final class GzipUpload extends InputStream {
    /** Below this nothing is called a bomb: short runs of spaces pack very well. */
    private static final long HARMLESS_BYTES = 32L * 1024 * 1024;

    private static final int MAX_NAME_BYTES = 64 * 1024;
    private static final int CRC_FLAG = 2;
    private static final int EXTRA_FLAG = 4;
    private static final int NAME_FLAG = 8;
    private static final int COMMENT_FLAG = 16;
    private static final int RESERVED_FLAGS = 0xE0;

    private final InputStream source;
    private final int maxRatio;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed = new byte[64 * 1024];
    private int position;
    private int end;
    private long packedBytes;
    private long unpackedBytes;
    private boolean isInMember;
    private boolean hadMember;

    public GzipUpload(InputStream source, int maxRatio) {
        this.source = source;
        this.maxRatio = maxRatio;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (!isInMember && !beginMember()) {
                return -1;
            }
            int unpacked = inflate(target, offset, length);
            if (inflater.finished()) {
                endMember();
            }
            if (unpacked > 0) {
                return unpacked;
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput() && !inflater.finished()) {
                require();
                inflater.setInput(packed, position, end - position);
                position = end;
            }
            int unpacked = inflater.inflate(target, offset, length);
            if (inflater.needsDictionary()) {
                throw invalid("it wants a dictionary");
            }
            checksum.update(target, offset, unpacked);
            unpackedBytes += unpacked;
            rejectBomb();
            return unpacked;
        } catch (DataFormatException broken) {
            throw invalid("its data is damaged");
        }
    }

    private void rejectBomb() {
        if (unpackedBytes > HARMLESS_BYTES && unpackedBytes / maxRatio > packedBytes) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE,
                    "The upload unpacks to more than " + maxRatio + " times its size. Send it without gzip.");
        }
    }

    /** Reads a header; false at the end of the upload. Zero bytes after a member are padding, as tapes and block devices leave it. */
    private boolean beginMember() throws IOException {
        if (!hasMore()) {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B || next() != 8) {
            throw invalid(hadMember ? "something follows its end" : "it does not begin like gzip");
        }
        int flags = next();
        if ((flags & RESERVED_FLAGS) != 0) {
            throw invalid("its header is unknown");
        }
        skip(6);
        if ((flags & EXTRA_FLAG) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME_FLAG) != 0) {
            skipText();
        }
        if ((flags & COMMENT_FLAG) != 0) {
            skipText();
        }
        if ((flags & CRC_FLAG) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        isInMember = true;
        hadMember = true;
        return true;
    }

    private boolean hasMore() throws IOException {
        while (position < end || fill()) {
            if (!hadMember || packed[position] != 0) {
                return true;
            }
            position++;
        }
        return false;
    }

    private void endMember() throws IOException {
        position = end - inflater.getRemaining();
        long expectedChecksum = nextWord();
        long expectedLength = nextWord();
        if (expectedChecksum != checksum.getValue()) {
            throw invalid("its checksum is wrong");
        }
        if (expectedLength != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw invalid("its length is wrong");
        }
        isInMember = false;
    }

    private void skip(int count) throws IOException {
        for (int left = count; left > 0; left--) {
            next();
        }
    }

    private void skipText() throws IOException {
        int length = 0;
        while (next() != 0) {
            length++;
            if (length > MAX_NAME_BYTES) {
                throw invalid("its header is too long");
            }
        }
    }

    private long nextWord() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        require();
        return packed[position++] & 0xFF;
    }

    private void require() throws IOException {
        if (position == end && !fill()) {
            throw invalid("it ends too early");
        }
    }

    private boolean fill() throws IOException {
        int received = source.read(packed, 0, packed.length);
        position = 0;
        end = Math.max(received, 0);
        packedBytes += end;
        return received > 0;
    }

    private static ProblemException invalid(String reason) {
        return new ProblemException(
                ProblemType.INVALID_GZIP, "The upload is not valid gzip: " + reason + ". Pack it again.");
    }
}
