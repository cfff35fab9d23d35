package dev.datapipeline.results.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.DatasetService;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.results.compare.Comparison.Verdict;
import dev.datapipeline.results.scan.RecordRange;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.failure.RecordQuery;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two runs over the same records, one by one. */
@Singleton
public class RunComparer {
    /** Records compared at a time, so that memory for digests is limited. */
    private static final int WINDOW_RECORDS = 10_000;

    /** Changed records whose fields are compared at a time. */
    private static final int FIELD_RECORDS = 1_000;

    private static final long WINDOW_BYTES = 16L * 1024 * 1024;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private final RunRecords records;
    private final ObjectReader errors;
    private final MemoryBudget budget;
    private final Ticker ticker;

    RunComparer(RunRecords records, ObjectMapper mapper, MemoryBudget budget, Ticker ticker) {
        this.records = records;
        this.budget = budget;
        this.ticker = ticker;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    /**
     * Compares for about two seconds.
     *
     * @param from index of the first record to compare
     * @param field of changed values, only those are listed that differ in it; null for all
     */
    public Comparison compare(RunPair runs, long from, long total, @Nullable String field, Client client)
            throws IOException {
        Comparison comparison = new Comparison(from);
        Deadline deadline = ticker.deadlineIn(TIME_LIMIT);
        while (comparison.next() < total && !deadline.isOver()) {
            compareWindow(runs, comparison, field, client);
        }
        return comparison;
    }

    /** Two runs over the same records. */
    public record RunPair(RunSpec first, RunSpec second) {
        /** Whether both are over the same records in the same order. */
        public boolean isComparable(DatasetService datasets) {
            return datasets.haveSameRecords(first.dataset(), second.dataset());
        }
    }

    private void compareWindow(RunPair runs, Comparison comparison, @Nullable String field, Client client)
            throws IOException {
        long from = comparison.next();
        OutcomeDigests before = digests(runs.first(), from, WINDOW_RECORDS, new ValueDigest(), client);
        OutcomeDigests after = digests(runs.second(), from, before.count(), new ValueDigest(), client);
        int count = after.count();
        if (isAnyOtherValue(before, after, count)) {
            // Equal bytes decide nearly always. Only where they differ, the values have to be parsed.
            before = digests(runs.first(), from, count, new MeaningDigest(budget), client);
            after = digests(runs.second(), from, count, new MeaningDigest(budget), client);
            count = Math.min(before.count(), after.count());
        }
        BitSet changed = changed(before, after, count);
        BitSet listed = compareFields(runs, comparison, changed, field, client);
        for (int at = 0; at < count; at++) {
            comparison.addStatuses(before.standing(at), after.standing(at));
            if (changed.get(at) && !listed.get(at)) {
                comparison.leaveOut();
            } else {
                comparison.add(verdict(before, after, at));
            }
        }
    }

    private static BitSet changed(OutcomeDigests before, OutcomeDigests after, int count) {
        BitSet changed = new BitSet(count);
        for (int at = 0; at < count; at++) {
            changed.set(at, verdict(before, after, at) == Verdict.CHANGED);
        }
        return changed;
    }

    /** Counts the fields of the changed records and returns which of these are listed. Reads a part of the window at a time. */
    private BitSet compareFields(
            RunPair runs, Comparison comparison, BitSet changed, @Nullable String field, Client client)
            throws IOException {
        BitSet listed = new BitSet();
        long from = comparison.next();
        int start = changed.nextSetBit(0);
        while (start >= 0) {
            int end = start + FIELD_RECORDS;
            RecordRange range = new RecordRange(from + start, 0, FIELD_RECORDS, Long.MAX_VALUE, from + end);
            FieldDigests before = fieldDigests(runs.first(), from, changed, range, client);
            FieldDigests after = fieldDigests(runs.second(), from, changed, range, client);
            for (int at = start; at >= 0 && at < end; at = changed.nextSetBit(at + 1)) {
                Set<String> differing = comparison.fields().add(before.of(at), after.of(at));
                listed.set(at, field == null || differing.contains(field));
            }
            start = changed.nextSetBit(end);
        }
        return listed;
    }

    private FieldDigests fieldDigests(RunSpec spec, long from, BitSet changed, RecordRange range, Client client)
            throws IOException {
        FieldDigests digests = new FieldDigests(from, changed, new MeaningDigest(budget));
        records.visit(spec, RecordQuery.of(RecordFilter.ALL), range, digests, client);
        return digests;
    }

    private OutcomeDigests digests(RunSpec spec, long from, int most, Digest digest, Client client) throws IOException {
        OutcomeDigests digests = new OutcomeDigests(most, errors, digest);
        records.visit(
                spec, RecordQuery.of(RecordFilter.ALL), new RecordRange(from, 0, most, WINDOW_BYTES), digests, client);
        return digests;
    }

    private static boolean isAnyOtherValue(OutcomeDigests before, OutcomeDigests after, int count) {
        for (int at = 0; at < count; at++) {
            boolean hasValues = before.standing(at) != RecordFilter.FAILED;
            if (hasValues && before.standing(at) == after.standing(at) && !before.isAlike(after, at)) {
                return true;
            }
        }
        return false;
    }

    private static Verdict verdict(OutcomeDigests before, OutcomeDigests after, int at) {
        if (before.isAlike(after, at)) {
            return Verdict.SAME;
        }
        boolean succeededBefore = before.standing(at) == RecordFilter.SUCCEEDED;
        boolean succeeded = after.standing(at) == RecordFilter.SUCCEEDED;
        if (succeededBefore && succeeded) {
            return Verdict.CHANGED;
        }
        if (succeeded) {
            return Verdict.FIXED;
        }
        return succeededBefore ? Verdict.BROKEN : Verdict.OTHER;
    }
}
