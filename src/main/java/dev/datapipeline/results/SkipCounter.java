package dev.datapipeline.results;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.datapipeline.dataset.RecordLines;
import dev.datapipeline.result.ResultReader;
import dev.datapipeline.result.SkipReason;
import dev.datapipeline.results.SkipSummary.SkipResponse;
import dev.datapipeline.results.scan.RecordVisitor;
import dev.datapipeline.run.store.batch.BatchRow;
import dev.datapipeline.sandbox.engine.pipeline.StepOutline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Counts skipped records by reason, in bounded memory. Not thread-safe. */
final class SkipCounter implements RecordVisitor {
    /** Reasons that are counted; further ones only in the sum. */
    private static final int MOST_REASONS = 2_000;

    private static final int MOST_SHOWN = 200;
    private static final int MOST_EXAMPLES = 10;
    private static final int MOST_PARTS = 60;

    private final ObjectReader texts;
    private final long total;
    private final int parts;
    private final Map<SkipReason, Group> groups = new LinkedHashMap<>();
    private long records;

    /**
     * @param texts reader of {@code String}
     * @param total records of the run
     */
    SkipCounter(ObjectReader texts, long total) {
        this.texts = texts;
        this.total = total;
        this.parts = (int) Math.min(MOST_PARTS, total);
    }

    private static final class Group {
        private final List<Long> examples = new ArrayList<>();
        private final long[] spread;
        private long records;

        Group(int parts) {
            spread = new long[parts];
        }
    }

    long records() {
        return records;
    }

    @Override
    public void finished(long index, RecordLines raw, ResultReader result) throws IOException {
        records++;
        SkipReason reason = SkipReason.of(result, texts);
        Group group = groups.get(reason);
        if (group == null) {
            if (groups.size() == MOST_REASONS) {
                return;
            }
            group = new Group(parts);
            groups.put(reason, group);
        }
        group.records++;
        group.spread[(int) (index * parts / total)]++;
        if (group.examples.size() < MOST_EXAMPLES) {
            group.examples.add(index);
        }
    }

    @Override
    public void unfinished(long index, RecordLines raw, BatchRow batch) {
        // A record without a result was not skipped.
    }

    List<SkipResponse> mostFrequent(List<StepOutline> steps) {
        List<StepOutline> stages = steps.stream()
                .flatMap(step -> step.stages().stream().map(stage -> new StepOutline(step.name(), List.of(stage))))
                .toList();
        return groups.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<SkipReason, Group> entry) -> -entry.getValue().records))
                .limit(MOST_SHOWN)
                .map(entry -> response(entry.getKey(), entry.getValue(), stages))
                .toList();
    }

    /** @param stages of all steps in their order, one in each outline */
    private static SkipResponse response(SkipReason reason, Group group, List<StepOutline> stages) {
        boolean isKnown = reason.stage() < stages.size();
        StepOutline place = isKnown ? stages.get(reason.stage()) : null;
        return new SkipResponse(
                reason.id(),
                place == null ? null : place.name(),
                place == null ? null : place.stages().getFirst(),
                reason.text(),
                group.records,
                group.examples.getFirst(),
                List.copyOf(group.examples),
                LongStream.of(group.spread).boxed().toList());
    }
}
