package dev.datapipeline.results.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Counts, field by field, in how many records the last value differs. Not thread-safe. */
final class FieldDifferences {
    /** Fields that are counted; further ones are left out. */
    private static final int MOST_FIELDS = 1_000;

    private static final int MOST_SHOWN = 200;

    private final Map<String, Counts> fields = new HashMap<>();

    private static final class Counts {
        private long changed;
        private long added;
        private long removed;

        private long sum() {
            return changed + added + removed;
        }
    }

    @Schema(name = "FieldDifference")
    record FieldDifferenceResponse(
            String name,

            @Schema(description = "Records in which the field has another value")
            long changed,

            @Schema(description = "Records that have the field in the second run only")
            long added,

            @Schema(description = "Records that have the field in the first run only")
            long removed) {
        private static FieldDifferenceResponse of(String name, Counts counts) {
            return new FieldDifferenceResponse(name, counts.changed, counts.added, counts.removed);
        }
    }

    /**
     * Adds a record and returns the fields that differ.
     *
     * @param before digests of its fields in the first run, by name
     */
    Set<String> add(Map<String, Long> before, Map<String, Long> after) {
        Set<String> differing = new HashSet<>();
        before.forEach((name, digest) -> {
            Long now = after.get(name);
            if (!digest.equals(now)) {
                differing.add(name);
                count(name, now == null);
            }
        });
        after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(name -> {
            differing.add(name);
            Counts counts = counts(name);
            if (counts != null) {
                counts.added++;
            }
        });
        return differing;
    }

    private void count(String name, boolean isRemoved) {
        Counts counts = counts(name);
        if (counts != null && isRemoved) {
            counts.removed++;
        } else if (counts != null) {
            counts.changed++;
        }
    }

    private @Nullable Counts counts(String name) {
        return fields.size() < MOST_FIELDS ? fields.computeIfAbsent(name, absent -> new Counts()) : fields.get(name);
    }

    /** The fields that differ most often, at the front. */
    List<FieldDifferenceResponse> response() {
        return fields.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Counts> entry) ->
                                -entry.getValue().sum())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_SHOWN)
                .map(entry -> FieldDifferenceResponse.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
