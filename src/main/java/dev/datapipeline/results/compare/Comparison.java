package dev.datapipeline.results.compare;

import java.util.ArrayList;
import java.util.List;
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
    private final long from;
    private long compared;
    private long same;

    Comparison(long from) {
        this.from = from;
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
                total,
                next() < total ? next() : null);
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

            @Schema(description = "Records of the dataset") long total,

            @Schema(description = "Go on from there for more; null at the end") @Nullable
            Long nextFrom) {}

    @Schema(name = "Difference")
    record DifferenceResponse(
            long records,

            @Schema(description = "Of the first 10,000 of them")
            List<Long> indexes) {}
}
