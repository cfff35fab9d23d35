package dev.datapipeline.identity.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.time.Ticker;
import java.time.Duration;

/**
 * Failed attempts by key. After some of them a key has to wait, twice as long after each further one. Attempts during the wait do not
 * count. The number of keys is bounded. Not thread-safe.
 */
final class FailureCounts {
    private static final int MOST_KEYS = 20_000;
    private static final Duration FORGOTTEN = Duration.ofMinutes(30);

    private final int free;
    private final Duration longestWait;
    private final Ticker ticker;
    private final Cache<String, Failures> counts;

    private record Failures(int count, long notBefore) {}

    /** @param free attempts that may fail before the first wait */
    FailureCounts(int free, Duration longestWait, Ticker ticker) {
        this.free = free;
        this.longestWait = longestWait;
        this.ticker = ticker;
        this.counts = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(FORGOTTEN)
                .ticker(ticker::nanoTime)
                .executor(Runnable::run)
                .build();
    }

    /** How long the key has to wait now. */
    Duration wait(String key) {
        Failures failures = counts.getIfPresent(key);
        long left = failures == null ? 0 : failures.notBefore() - ticker.nanoTime();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    void add(String key) {
        Failures failures = counts.getIfPresent(key);
        int count = failures == null ? 1 : failures.count() + 1;
        counts.put(key, new Failures(count, ticker.nanoTime() + waitAfter(count).toNanos()));
    }

    /** Takes one failure back, with its wait. */
    void takeBack(String key) {
        Failures failures = counts.getIfPresent(key);
        if (failures != null && failures.count() > 1) {
            counts.put(key, new Failures(failures.count() - 1, ticker.nanoTime()));
        } else {
            counts.invalidate(key);
        }
    }

    void forget(String key) {
        counts.invalidate(key);
    }

    long size() {
        counts.cleanUp();
        return counts.estimatedSize();
    }

    private Duration waitAfter(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        int doublings = Math.min(count - free, Integer.SIZE - 2);
        Duration wait = Duration.ofSeconds(1L << doublings);
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
