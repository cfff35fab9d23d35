package dev.datapipeline.llm.limit;

import java.util.concurrent.TimeUnit;

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

    /** As many as a minute would have that goes on as the time since the first of them; 0 where there are none. */
    double perMinute(long now) {
        advance(now);
        long count = 0;
        long span = 1;
        for (int age = 0; age < SECONDS && age <= newest; age++) {
            long inSecond = bySecond[(int) ((newest - age) % SECONDS)];
            count += inSecond;
            span = inSecond > 0 ? age + 1 : span;
        }
        return (double) count * SECONDS / span;
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
