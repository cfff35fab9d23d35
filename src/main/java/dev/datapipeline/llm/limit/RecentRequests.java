package dev.datapipeline.llm.limit;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Requests of the last minute, by the second. Not thread-safe. */
final class RecentRequests {
    private static final int SECONDS = 60;

    private final long[] bySecond = new long[SECONDS];
    private final long start;
    private long newest;

    RecentRequests(long now) {
        start = now;
    }

    void add(long now) {
        bySecond[advance(now)]++;
    }

    long count(long now) {
        advance(now);
        return LongStream.of(bySecond).sum();
    }

    private int advance(long now) {
        long second = TimeUnit.NANOSECONDS.toSeconds(now - start);
        for (long stale = Math.max(newest + 1, second - SECONDS + 1); stale <= second; stale++) {
            bySecond[(int) (stale % SECONDS)] = 0;
        }
        newest = Math.max(newest, second);
        return (int) (newest % SECONDS);
    }
}
