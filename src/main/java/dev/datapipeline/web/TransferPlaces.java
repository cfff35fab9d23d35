package dev.datapipeline.web;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many answers are on their way. While places are free a client may be as slow as its connection; when one is missing, the
 * slowest of those below the least rate loses its connection to the one who waits.
 */
final class TransferPlaces {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** How long the thread of a closed connection takes to notice. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Semaphore free;
    private final long leastRate;
    private final Set<Transfer> underWay = ConcurrentHashMap.newKeySet();

    /** @param leastRate bytes a second */
    TransferPlaces(int count, long leastRate) {
        this.free = new Semaphore(count, true);
        this.leastRate = leastRate;
    }

    /** Held while an answer is sent. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException TOO_MANY_REQUESTS when all are taken by clients that are fast enough */
    Place take(Transfer transfer) {
        if (!free.tryAcquire() && !takeFromSlowest()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Others are taking results or records. Ask for these again in a few seconds.")
                    .retryAfter(RETRY_AFTER);
        }
        underWay.add(transfer);
        return () -> {
            underWay.remove(transfer);
            free.release();
        };
    }

    private boolean takeFromSlowest() {
        boolean isOneGivenUp = underWay.stream()
                .filter(transfer -> transfer.rate() < leastRate)
                .sorted(Comparator.comparingDouble(Transfer::rate))
                .anyMatch(Transfer::giveUp);
        try {
            return isOneGivenUp && free.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
