package dev.datapipeline.environment.wheel.file;

import java.util.function.LongSupplier;

/** Room for uploads, which what is kept and all that is arriving share. Thread-safe. */
public final class UploadRoom {
    private final long limit;
    private final LongSupplier kept;
    private long arriving;

    /** @param kept bytes of the uploads that are kept */
    public UploadRoom(long limit, LongSupplier kept) {
        this.limit = limit;
        this.kept = kept;
    }

    public synchronized long free() {
        return limit - kept.getAsLong() - arriving;
    }

    /** @return false where there is no room for so much */
    synchronized boolean take(long bytes) {
        if (bytes > free()) {
            return false;
        }
        arriving += bytes;
        return true;
    }

    synchronized void giveBack(long bytes) {
        arriving -= bytes;
    }
}
