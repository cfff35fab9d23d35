package dev.datapipeline.dataset;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.concurrent.Semaphore;

/** The uploads being taken in. Their number is bounded, since each may hold a record of the largest size in memory. */
final class Uploads {
    private final Semaphore places;

    Uploads(int atMost) {
        this.places = new Semaphore(atMost);
    }

    /** A place to be given back; refused when all are taken. */
    Place enter() {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Other uploads are being taken in. Send this one again in a few seconds.");
        }
        return places::release;
    }

    /** Held while an upload is taken in; closed once. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
