package dev.datapipeline.results.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
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

/** Compares two runs over the same dataset, record by record. */
@Singleton
public class RunComparer {
    /** Records compared at a time, so that memory for digests is limited. */
    private static final int WINDOW_RECORDS = 10_000;

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

    /** Compares for about two seconds, from the record with index {@code from} on. */
    public Comparison compare(RunSpec first, RunSpec second, long from, long total, Client client) throws IOException {
        Comparison comparison = new Comparison(from);
        Deadline deadline = ticker.deadlineIn(TIME_LIMIT);
        while (comparison.next() < total && !deadline.isOver()) {
            compareWindow(first, second, comparison, client);
        }
        return comparison;
    }

    private void compareWindow(RunSpec first, RunSpec second, Comparison comparison, Client client) throws IOException {
        long from = comparison.next();
        OutcomeDigests before = digests(first, from, WINDOW_RECORDS, new ValueDigest(), client);
        OutcomeDigests after = digests(second, from, before.count(), new ValueDigest(), client);
        int count = after.count();
        if (isAnyOtherValue(before, after, count)) {
            // Equal bytes decide nearly always. Only where they differ, the values have to be parsed.
            before = digests(first, from, count, new MeaningDigest(budget), client);
            after = digests(second, from, count, new MeaningDigest(budget), client);
            count = Math.min(before.count(), after.count());
        }
        for (int at = 0; at < count; at++) {
            comparison.add(verdict(before, after, at));
        }
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
