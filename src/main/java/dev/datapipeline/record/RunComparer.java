package dev.datapipeline.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.engine.Deadline;
import dev.datapipeline.engine.ScriptError;
import dev.datapipeline.record.Comparison.Verdict;
import dev.datapipeline.run.RecordFilter;
import dev.datapipeline.run.RunPlan;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** Compares two runs over the same dataset, record by record. */
@Singleton
class RunComparer {
    /** What is compared at a time, so that no more than digests of it have to be kept. */
    private static final int WINDOW_RECORDS = 10_000;

    private static final long WINDOW_BYTES = 64L * 1024 * 1024;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    /** Numbers as they stand and keys in order: a script that sets two keys in another order changes nothing. */
    private static final ObjectMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final RunRecords records;
    private final ObjectReader errors;

    RunComparer(RunRecords records, ObjectMapper mapper) {
        this.records = records;
        this.errors = mapper.readerFor(ScriptError.class);
    }

    /**
     * Compares for a moment.
     *
     * @param from index of the first record
     * @param total records of the dataset
     */
    Comparison compare(RunPlan first, RunPlan second, long from, long total) throws IOException {
        Comparison comparison = new Comparison(from);
        Deadline deadline = Deadline.in(LONGEST_LOOK);
        while (comparison.next() < total && !deadline.isOver()) {
            compareWindow(first, second, comparison);
        }
        return comparison;
    }

    private void compareWindow(RunPlan first, RunPlan second, Comparison comparison) throws IOException {
        long from = comparison.next();
        OutcomePrints ours = prints(first, from, WINDOW_RECORDS, json -> json);
        OutcomePrints theirs = prints(second, from, ours.count(), json -> json);
        int count = theirs.count();
        if (isAnyOtherValue(ours, theirs, count)) {
            // Nearly always the bytes tell. Where they do not, the values have to be read.
            ours = prints(first, from, count, RunComparer::exact);
            theirs = prints(second, from, count, RunComparer::exact);
            count = Math.min(ours.count(), theirs.count());
        }
        for (int at = 0; at < count; at++) {
            comparison.add(verdict(ours, theirs, at));
        }
    }

    private OutcomePrints prints(RunPlan plan, long from, int most, OutcomePrints.Form form) throws IOException {
        OutcomePrints prints = new OutcomePrints(most, errors, form);
        records.visit(plan, RecordQuery.of(RecordFilter.ALL), new RecordCut(from, 0, most, WINDOW_BYTES), prints);
        return prints;
    }

    private static boolean isAnyOtherValue(OutcomePrints ours, OutcomePrints theirs, int count) {
        for (int at = 0; at < count; at++) {
            boolean hasValues = ours.standing(at) != RecordFilter.FAILED;
            if (hasValues && ours.standing(at) == theirs.standing(at) && !ours.isAlike(theirs, at)) {
                return true;
            }
        }
        return false;
    }

    private static Verdict verdict(OutcomePrints ours, OutcomePrints theirs, int at) {
        if (ours.isAlike(theirs, at)) {
            return Verdict.SAME;
        }
        boolean succeededBefore = ours.standing(at) == RecordFilter.SUCCEEDED;
        boolean succeeded = theirs.standing(at) == RecordFilter.SUCCEEDED;
        if (succeededBefore && succeeded) {
            return Verdict.CHANGED;
        }
        if (succeeded) {
            return Verdict.MENDED;
        }
        return succeededBefore ? Verdict.BROKEN : Verdict.OTHER;
    }

    private static byte[] exact(byte[] json) throws IOException {
        return EXACT.writeValueAsBytes(EXACT.readValue(json, Object.class));
    }
}
