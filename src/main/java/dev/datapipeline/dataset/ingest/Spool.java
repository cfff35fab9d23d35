package dev.datapipeline.dataset.ingest;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.storage.ScratchFile;
import java.io.IOException;
import java.io.InputStream;

/** Copies an upload to a scratch file while the disk has room. */
final class Spool {
    private static final int PIECE = 256 * 1024;
    private static final long SPACE_CHECK_BYTES = 64L * 1024 * 1024;

    private final Blobs blobs;
    private final long freeBytes;

    /** @param freeBytes that must stay free on the disk */
    Spool(Blobs blobs, long freeBytes) {
        this.blobs = blobs;
        this.freeBytes = freeBytes;
    }

    void copy(InputStream upload, ScratchFile file) throws IOException {
        byte[] piece = new byte[PIECE];
        long copied = 0;
        long nextCheck = 0;
        for (int count = read(upload, piece, copied); count >= 0; count = read(upload, piece, copied)) {
            file.write(piece, 0, count);
            copied += count;
            if (copied >= nextCheck) {
                checkSpace();
                nextCheck = copied + SPACE_CHECK_BYTES;
            }
        }
    }

    private static int read(InputStream upload, byte[] piece, long copied) {
        try {
            return upload.read(piece, 0, piece.length);
        } catch (IOException brokenOff) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The upload broke off after %d bytes. Send it again.".formatted(copied));
        }
    }

    private void checkSpace() throws IOException {
        if (blobs.freeBytes() < freeBytes) {
            throw DatasetWriter.noSpace();
        }
    }
}
