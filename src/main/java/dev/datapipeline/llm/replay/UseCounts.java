package dev.datapipeline.llm.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How many times each record of a run has asked what, in the attempt at its batch that is under way. Thread-safe. */
final class UseCounts {
    private record Question(int stage, String fingerprint) {}

    private final NavigableMap<Long, Map<Question, Integer>> records = new TreeMap<>();

    /** Returns how many times exactly this was asked before. */
    synchronized int next(long record, int stage, String fingerprint) {
        return records.computeIfAbsent(record, unknown -> new HashMap<>())
                        .merge(new Question(stage, fingerprint), 1, Integer::sum)
                - 1;
    }

    /** An attempt at these records begins or has ended: they ask everything anew. */
    synchronized void forget(long firstRecord, long count) {
        records.subMap(firstRecord, firstRecord + count).clear();
    }
}
