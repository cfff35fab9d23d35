package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.parquet.ParquetReader;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.hardwood.HardwoodContext;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What readers of files share that take much memory: texts of a workbook, pages of a Parquet file. Thread-safe. */
final class LargeFiles {
    private static final int THREADS = 2;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Semaphore permits = new Semaphore(1);
    private @Nullable HardwoodContext parquetThreads;

    /**
     * Waits until no other such file is read.
     *
     * @throws ProblemException TOO_MANY_REQUESTS when that takes too long
     */
    Closeable takePlace() {
        if (!isPlaceFree()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Other workbooks or Parquet files are being read. Send this one again later.")
                    .retryAfter(RETRY_AFTER);
        }
        return permits::release;
    }

    private boolean isPlaceFree() {
        try {
            return permits.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Threads that decode pages of Parquet files, made when the first one comes. */
    synchronized HardwoodContext parquetThreads() {
        HardwoodContext threads = parquetThreads;
        if (threads == null) {
            // Pages are unpacked before in pure Java. Without this, a native library of the system would be loaded if
            // there is one.
            System.setProperty("hardwood.uselibdeflate", "false");
            System.setProperty("hardwood.internal.maxOutstanding", String.valueOf(ParquetReader.PAGES_AHEAD));
            threads = HardwoodContext.create(THREADS);
            parquetThreads = threads;
        }
        return threads;
    }
}
