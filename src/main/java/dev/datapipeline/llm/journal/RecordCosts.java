package dev.datapipeline.llm.journal;

import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.money.Picodollars;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * Calls and cost of each record, kept in memory for the runs that were asked for last; of a log only what is new is read again. Thread-safe.
 */
public final class RecordCosts {
    private static final int RUNS = 8;
    /** Records beyond are looked up by nobody fast: 12 bytes each is what this costs. */
    private static final long MOST_RECORDS = 10_000_000;

    private final CallLog log;
    private final Map<UUID, RunCosts> runs = new LinkedHashMap<>(16, 0.75f, true);

    public RecordCosts(CallLog log) {
        this.log = log;
    }

    /** What the calls of a record have cost. */
    public record RecordCost(int calls, Picodollars cost) {
        static final RecordCost NONE = new RecordCost(0, Picodollars.ZERO);

        RecordCost plus(RecordCost other) {
            return new RecordCost(calls + other.calls, cost.plus(other.cost));
        }
    }

    /**
     * Costs of many records, in picodollars; for estimates only.
     *
     * @param records that have made calls
     */
    public record CostSummary(long records, double sum, double sumOfSquares) {}

    /** The costs of records that follow one another; the first is that of {@code firstRecord}. */
    public RecordCost[] of(UUID run, long firstRecord, int count) throws IOException {
        RunCosts costs = ofRun(run);
        synchronized (costs) {
            costs.readOn(log, run);
            RecordCost[] found = new RecordCost[count];
            for (int i = 0; i < count; i++) {
                found[i] = costs.of(firstRecord + i);
            }
            return found;
        }
    }

    /** Costs of single records by their index, as they are now. */
    public LongFunction<RecordCost> reader(UUID run) throws IOException {
        RunCosts costs = ofRun(run);
        synchronized (costs) {
            costs.readOn(log, run);
        }
        return index -> {
            synchronized (costs) {
                return costs.of(index);
            }
        };
    }

    /** What the records of a run have cost that have made calls. */
    public CostSummary summary(UUID run) throws IOException {
        RunCosts costs = ofRun(run);
        synchronized (costs) {
            costs.readOn(log, run);
            return new CostSummary(costs.records, costs.sum, costs.sumOfSquares);
        }
    }

    private synchronized RunCosts ofRun(UUID run) {
        RunCosts costs = runs.computeIfAbsent(run, unknown -> new RunCosts());
        if (runs.size() > RUNS) {
            runs.remove(runs.keySet().iterator().next());
        }
        return costs;
    }

    private static final class RunCosts {
        private final Map<String, Long> read = new HashMap<>();
        private int[] calls = new int[64];
        private long[] costs = new long[64];
        private long records;
        private double sum;
        private double sumOfSquares;

        void readOn(CallLog log, UUID run) throws IOException {
            for (String name : log.logs(run)) {
                long start = read.getOrDefault(name, 0L);
                read.put(name, log.read(run, name, start, (offset, entry) -> {
                    if (entry instanceof Ended ended) {
                        add(ended.origin().record(), ended.outcome().cost().value());
                    }
                }));
            }
        }

        private void add(long record, long cost) {
            if (record < 0 || record >= MOST_RECORDS) {
                return;
            }
            int index = (int) record;
            if (index >= calls.length) {
                int length = Math.max(2 * calls.length, index + 1);
                calls = Arrays.copyOf(calls, length);
                costs = Arrays.copyOf(costs, length);
            }
            double before = costs[index];
            records += calls[index] == 0 ? 1 : 0;
            calls[index]++;
            costs[index] += cost;
            sum += cost;
            sumOfSquares += (before + cost) * (before + cost) - before * before;
        }

        RecordCost of(long record) {
            if (record < 0 || record >= calls.length || calls[(int) record] == 0) {
                return RecordCost.NONE;
            }
            return new RecordCost(calls[(int) record], new Picodollars(costs[(int) record]));
        }
    }
}
