package dev.datapipeline.http.download;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Limits answers at the same time. When no place is free, the slowest client below the minimum rate loses its connection and place. */
final class TransferPlaces {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final int count;
    private final long leastRate;
    private final Set<Transfer> underWay = new HashSet<>();

    /** @param leastRate bytes a second */
    TransferPlaces(int count, long leastRate) {
        this.count = count;
        this.leastRate = leastRate;
    }

    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException TOO_MANY_REQUESTS when all are taken by clients that are fast enough */
    synchronized Place take(Transfer transfer) {
        if (underWay.size() >= count && !giveUpSlowest()) {
            throw new ProblemException(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Too many downloads are under way. Try again in a few seconds.")
                    .retryAfter(RETRY_AFTER);
        }
        underWay.add(transfer);
        return () -> leave(transfer);
    }

    /** Frees the place at once: the thread of the closed connection ends soon, but only when it is next scheduled. */
    private boolean giveUpSlowest() {
        Rated slowest = underWay.stream()
                .map(transfer -> new Rated(transfer, transfer.rate()))
                .filter(rated -> rated.rate < leastRate)
                .min(Comparator.comparingDouble(Rated::rate))
                .orElse(null);
        if (slowest == null) {
            return false;
        }
        underWay.remove(slowest.transfer);
        slowest.transfer.giveUp();
        return true;
    }

    private synchronized void leave(Transfer transfer) {
        underWay.remove(transfer);
    }

    private record Rated(Transfer transfer, double rate) {}
}
