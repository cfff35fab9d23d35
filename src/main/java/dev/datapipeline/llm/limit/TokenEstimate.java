package dev.datapipeline.llm.limit;

import java.util.Arrays;

/** Learns how many tokens the requests of a model use, so that a claim on the rate is near what will count. Thread-safe. */
public final class TokenEstimate {
    private static final int REMEMBERED = 50;
    private static final int ENOUGH = 10;
    private static final double PART_COVERED = 0.95;
    private static final double WEIGHT_OF_THE_NEWEST = 0.1;
    private static final double FIRST_GUESS = 0.25;
    private static final long USUAL_BOUND = 4_096;
    /** Who allows more gets it, but does not keep others waiting for it. */
    private static final long LARGEST_BOUND = 32_768;

    private final long[] outputs = new long[REMEMBERED];
    private int seen;
    private double tokensPerByte = FIRST_GUESS;

    /** @param outputBound tokens that the answer can have at most; -1 where nobody knows */
    public synchronized long of(long bytes, long outputBound) {
        long bound = outputBound < 0 ? USUAL_BOUND : Math.min(outputBound, LARGEST_BOUND);
        long output = seen < ENOUGH ? bound : Math.min(bound, usualOutput());
        return Math.max(1, Math.round(bytes * tokensPerByte) + output);
    }

    private long usualOutput() {
        long[] sorted = Arrays.copyOf(outputs, Math.min(seen, REMEMBERED));
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(sorted.length * PART_COVERED) - 1];
    }

    /** Remembers what a call has used. */
    public synchronized void learn(long bytes, long promptTokens, long completionTokens) {
        if (bytes > 0 && promptTokens > 0) {
            double ratio = Math.min(1, (double) promptTokens / bytes);
            tokensPerByte += (ratio - tokensPerByte) * WEIGHT_OF_THE_NEWEST;
        }
        outputs[seen % REMEMBERED] = completionTokens;
        seen = seen == Integer.MAX_VALUE ? REMEMBERED : seen + 1;
    }
}
