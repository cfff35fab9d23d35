package dev.datapipeline.dataset.upload;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits uploads at the same time, since each may hold a record of the largest size in memory. Thread-safe; nothing waits. */
@Singleton
public class UploadLimiter {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore free;
    private final MinimumRate rate;

    @Inject
    UploadLimiter(UploadConfig config) {
        this(
                config.maxConcurrentUploads(),
                new MinimumRate(config.minUploadRate().asLongValue(), config.slowUploadTimeout()));
    }

    UploadLimiter(int count, MinimumRate rate) {
        this.free = new Semaphore(count);
        this.rate = rate;
    }

    /** @throws ProblemException TOO_MANY_REQUESTS when all are taken */
    public Place take() {
        if (!free.tryAcquire()) {
            rate.turnedAway();
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Too many uploads are under way. Send this one again in a few seconds.")
                    .retryAfter(RETRY_AFTER);
        }
        AtomicBoolean isHeld = new AtomicBoolean(true);
        return () -> {
            if (isHeld.getAndSet(false)) {
                free.release();
            }
        };
    }

    public Duration window() {
        return rate.window();
    }

    public void check(long received, Duration time) {
        rate.check(received, time);
    }

    public MinimumRate rate() {
        return rate;
    }

    /** Held during an upload; closing again does nothing. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
