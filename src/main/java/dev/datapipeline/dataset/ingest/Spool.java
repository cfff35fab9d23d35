package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.input.UploadStream;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.storage.ScratchFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes to a scratch file while the limits allow it and the disk has room. Not thread-safe. */
final class Spool extends OutputStream {
    private static final int PIECE = 256 * 1024;
    private static final long SPACE_CHECK_BYTES = 64L * 1024 * 1024;

    private final Blobs blobs;
    private final IngestLimits limits;
    private final ScratchFile file;
    private final byte[] buffer = new byte[PIECE];
    private int buffered;
    private long written;
    private long nextCheck;

    Spool(Blobs blobs, IngestLimits limits, ScratchFile file) {
        this.blobs = blobs;
        this.limits = limits;
        this.file = file;
    }

    /** Writes all of an upload. */
    void copy(InputStream upload) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = read(upload, piece); count >= 0; count = read(upload, piece)) {
            write(piece, 0, count);
        }
        flush();
    }

    private int read(InputStream upload, byte[] piece) {
        try {
            return upload.read(piece, 0, piece.length);
        } catch (IOException brokenOff) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The upload broke off after %d bytes. Send it again.".formatted(written));
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        written += length;
        if (written > limits.uploadBytes()) {
            throw UploadStream.tooLarge(limits.uploadBytes());
        }
        if (written >= nextCheck) {
            checkSpace();
        }
        if (length > buffer.length - buffered) {
            flush();
        }
        if (length >= buffer.length) {
            file.write(source, offset, length);
        } else {
            System.arraycopy(source, offset, buffer, buffered, length);
            buffered += length;
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        file.write(buffer, 0, buffered);
        buffered = 0;
    }

    private void checkSpace() throws IOException {
        if (blobs.freeBytes() < limits.freeBytes()) {
            throw DatasetWriter.noSpace();
        }
        nextCheck = written + SPACE_CHECK_BYTES;
    }
}
