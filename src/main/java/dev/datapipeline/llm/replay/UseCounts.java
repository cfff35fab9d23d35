package dev.datapipeline.llm.replay;

import dev.datapipeline.llm.call.Caller;
import dev.datapipeline.llm.call.Caller.OfBatch;
import dev.datapipeline.llm.call.Caller.OfRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How many times each caller of a run has asked what, in the attempt at its batch that is under way. Thread-safe. */
final class UseCounts {
    private record Question(int stage, String fingerprint) {}

    private final NavigableMap<Long, Map<Question, Integer>> records = new TreeMap<>();
    private final Map<Caller, Map<Question, Integer>> others = new HashMap<>();

    /** Returns how many times exactly this was asked before. */
    synchronized int next(Caller caller, int stage, String fingerprint) {
        return of(caller).merge(new Question(stage, fingerprint), 1, Integer::sum) - 1;
    }

    private Map<Question, Integer> of(Caller caller) {
        return caller instanceof OfRecord(long index)
                ? records.computeIfAbsent(index, unknown -> new HashMap<>())
                : others.computeIfAbsent(caller, unknown -> new HashMap<>());
    }

    /** An attempt at these records begins or has ended: they ask everything anew. */
    synchronized void forget(long firstRecord, long count) {
        records.subMap(firstRecord, firstRecord + count).clear();
        others.keySet()
                .removeIf(caller -> caller instanceof OfBatch batch
                        && batch.firstRecord() >= firstRecord
                        && batch.firstRecord() < firstRecord + count);
    }
}
