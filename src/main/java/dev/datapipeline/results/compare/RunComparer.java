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
import dev.datapipeline.run.store.RecordQuery;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.time.Deadline;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** Compares two runs over the same dataset, record by record. */
@Singleton
public class RunComparer {
    /** What is compared at a time, so that no more than digests of it have to be kept. */
    private static final int WINDOW_RECORDS = 10_000;

    private static final long WINDOW_BYTES = 16L * 1024 * 1024;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final RunRecords records;
    private final ObjectReader errors;
    private final MemoryBudget budget;

    RunComparer(RunRecords records, ObjectMapper mapper, MemoryBudget budget) {
        this.records = records;
        this.budget = budget;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    /**
     * Compares for a moment.
     *
     * @param from index of the first record
     * @param total records of the dataset
     */
    public Comparison compare(RunSpec first, RunSpec second, long from, long total, Client client) throws IOException {
        Comparison comparison = new Comparison(from);
        Deadline deadline = Deadline.in(LONGEST_LOOK);
        while (comparison.next() < total && !deadline.isOver()) {
            compareWindow(first, second, comparison, client);
        }
        return comparison;
    }

    private void compareWindow(RunSpec first, RunSpec second, Comparison comparison, Client client) throws IOException {
        long from = comparison.next();
        OutcomeDigests ours = prints(first, from, WINDOW_RECORDS, new ValueDigest(), client);
        OutcomeDigests theirs = prints(second, from, ours.count(), new ValueDigest(), client);
        int count = theirs.count();
        if (isAnyOtherValue(ours, theirs, count)) {
            // Nearly always the bytes tell. Where they do not, the values have to be read.
            ours = prints(first, from, count, new MeaningDigest(budget), client);
            theirs = prints(second, from, count, new MeaningDigest(budget), client);
            count = Math.min(ours.count(), theirs.count());
        }
        for (int at = 0; at < count; at++) {
            comparison.add(verdict(ours, theirs, at));
        }
    }

    private OutcomeDigests prints(RunSpec plan, long from, int most, Digest print, Client client) throws IOException {
        OutcomeDigests prints = new OutcomeDigests(most, errors, print);
        records.visit(
                plan, RecordQuery.of(RecordFilter.ALL), new RecordRange(from, 0, most, WINDOW_BYTES), prints, client);
        return prints;
    }

    private static boolean isAnyOtherValue(OutcomeDigests ours, OutcomeDigests theirs, int count) {
        for (int at = 0; at < count; at++) {
            boolean hasValues = ours.standing(at) != RecordFilter.FAILED;
            if (hasValues && ours.standing(at) == theirs.standing(at) && !ours.isAlike(theirs, at)) {
                return true;
            }
        }
        return false;
    }

    private static Verdict verdict(OutcomeDigests ours, OutcomeDigests theirs, int at) {
        if (ours.isAlike(theirs, at)) {
            return Verdict.SAME;
        }
        boolean succeededBefore = ours.standing(at) == RecordFilter.SUCCEEDED;
        boolean succeeded = theirs.standing(at) == RecordFilter.SUCCEEDED;
        if (succeededBefore && succeeded) {
            return Verdict.CHANGED;
        }
        if (succeeded) {
            return Verdict.FIXED;
        }
        return succeededBefore ? Verdict.BROKEN : Verdict.OTHER;
    }
}
