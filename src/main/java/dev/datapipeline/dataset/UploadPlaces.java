package dev.datapipeline.dataset;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Places for uploads that are taken in. Their number is bounded, since each upload may hold a record of the largest size in memory. */
final class UploadPlaces {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore free;

    UploadPlaces(int count) {
        this.free = new Semaphore(count);
    }

    /** @throws ProblemException TOO_MANY_REQUESTS when all are taken */
    Place take() {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Other uploads are being taken in. Send this one again in a few seconds.")
                    .retryAfter(RETRY_AFTER);
        }
        return free::release;
    }

    /** Held while an upload is taken in; closed once. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
