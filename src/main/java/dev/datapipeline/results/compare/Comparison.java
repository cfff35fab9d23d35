package dev.datapipeline.results.compare;

import dev.datapipeline.run.RecordFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Counts the differences between the records of two runs over the same dataset. Not thread-safe. */
public final class Comparison {
    private static final int MOST_INDEXES = 10_000;

    /** What happened to one record in the second run. */
    enum Verdict {
        SAME,
        /** It succeeded in both, with another value. */
        CHANGED,
        /** Only the second run succeeded with it. */
        FIXED,
        /** Only the first run succeeded with it. */
        BROKEN,
        /** Another failure, or another way of having no result. */
        OTHER
    }

    private final Difference changed = new Difference();
    private final Difference fixed = new Difference();
    private final Difference broken = new Difference();
    private final Difference other = new Difference();
    private final FieldDifferences fields = new FieldDifferences();
    private final Map<Transition, Long> transitions = new HashMap<>();
    private final long from;
    private long compared;
    private long same;

    Comparison(long from) {
        this.from = from;
    }

    private record Transition(RecordFilter before, RecordFilter after) {}

    FieldDifferences fields() {
        return fields;
    }

    /** Counts the next record, whether it is listed or not. */
    void addStatuses(RecordFilter before, RecordFilter after) {
        transitions.merge(new Transition(before, after), 1L, Long::sum);
    }

    /** Passes a record over that is neither the same nor wanted. */
    void leaveOut() {
        compared++;
    }

    void add(Verdict verdict) {
        long index = from + compared++;
        switch (verdict) {
            case SAME -> same++;
            case CHANGED -> changed.add(index);
            case FIXED -> fixed.add(index);
            case BROKEN -> broken.add(index);
            case OTHER -> other.add(index);
        }
    }

    long next() {
        return from + compared;
    }

    /** @param total records of the dataset */
    public ComparisonResponse response(long total) {
        return new ComparisonResponse(
                compared,
                same,
                changed.response(),
                fixed.response(),
                broken.response(),
                other.response(),
                statuses(),
                fields.response(),
                total,
                next() < total ? next() : null);
    }

    private List<TransitionResponse> statuses() {
        return transitions.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<Transition, Long>::getValue)
                        .reversed())
                .map(entry -> new TransitionResponse(
                        entry.getKey().before().name(), entry.getKey().after().name(), entry.getValue()))
                .toList();
    }

    private static final class Difference {
        private final List<Long> indexes = new ArrayList<>();
        private long records;

        private void add(long index) {
            records++;
            if (indexes.size() < MOST_INDEXES) {
                indexes.add(index);
            }
        }

        private DifferenceResponse response() {
            return new DifferenceResponse(records, indexes);
        }
    }

    @Schema(name = "Comparison")
    public record ComparisonResponse(
            @Schema(description = "Records compared by this request")
            long compared,

            @Schema(description = "Of these, those that ended the same in both runs")
            long same,

            @Schema(description = "Succeeded in both, with another value")
            DifferenceResponse changed,

            @Schema(description = "Succeeded in the second run only")
            DifferenceResponse fixed,

            @Schema(description = "Succeeded in the first run only")
            DifferenceResponse broken,

            @Schema(description = "Succeeded in neither, for another reason")
            DifferenceResponse other,

            @Schema(description = "How many records have which status in the first and in the second run")
            List<TransitionResponse> statuses,

            @Schema(
                    description =
                            "Of the records that succeeded in both, how many differ in which field; up to 200 fields")
            List<FieldDifferences.FieldDifferenceResponse> fields,

            @Schema(description = "Records of the dataset") long total,

            @Schema(description = "Go on from there for more; null at the end") @Nullable
            Long nextFrom) {}

    @Schema(name = "StatusTransition")
    record TransitionResponse(
            @Schema(enumeration = {"PENDING", "SUCCEEDED", "FAILED", "SKIPPED", "CANCELLED"})
            String before,

            @Schema(enumeration = {"PENDING", "SUCCEEDED", "FAILED", "SKIPPED", "CANCELLED"})
            String after,

            long records) {}

    @Schema(name = "Difference")
    record DifferenceResponse(
            long records,

            @Schema(description = "Of the first 10,000 of them")
            List<Long> indexes) {}
}
