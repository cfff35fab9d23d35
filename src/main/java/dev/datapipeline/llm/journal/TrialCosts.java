package dev.datapipeline.llm.journal;

import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the records of trials have cost. It stands in no log, and is known until the trial ends. Thread-safe. */
public final class TrialCosts {
    private final Map<UUID, Map<Long, RecordCost>> trials = new ConcurrentHashMap<>();

    public void begin(UUID trial) {
        trials.put(trial, new ConcurrentHashMap<>());
    }

    /** Nothing where the trial has ended meanwhile. */
    public void add(UUID trial, Ended call) {
        Map<Long, RecordCost> records = trials.get(trial);
        if (records != null) {
            RecordCost cost = new RecordCost(1, call.outcome().cost());
            records.merge(call.origin().record(), cost, RecordCost::plus);
        }
    }

    public RecordCost of(UUID trial, long record) {
        return trials.getOrDefault(trial, Map.of()).getOrDefault(record, RecordCost.NONE);
    }

    public void end(UUID trial) {
        trials.remove(trial);
    }
}
