package dev.datapipeline.results.correlation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what the records of a group have in one field. Not thread-safe. */
final class ValueCounts {
    /** Distinct values, and distinct patterns, that are counted: a value that most records have is among the first. */
    private static final int MOST_DISTINCT = 200;

    private final Map<ValueType, Long> types = new EnumMap<>(ValueType.class);
    private final Map<String, Long> literals = new HashMap<>();
    private final Map<String, Long> patterns = new HashMap<>();
    private @Nullable FieldValue least;
    private @Nullable FieldValue most;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private long empty;
    private long records;

    void add(FieldValue value) {
        records++;
        empty += value.isEmpty() ? 1 : 0;
        types.merge(value.type(), 1L, Long::sum);
        count(literals, value.literal());
        count(patterns, value.pattern());
        shortest = Math.min(shortest, value.length());
        longest = Math.max(longest, value.length());
        if (least == null || value.number() < least.number()) {
            least = value;
        }
        if (most == null || value.number() > most.number()) {
            most = value;
        }
    }

    private static void count(Map<String, Long> counts, @Nullable String value) {
        if (value != null && (counts.size() < MOST_DISTINCT || counts.containsKey(value))) {
            counts.merge(value, 1L, Long::sum);
        }
    }

    /** The traits that at least so many of the records have, with how many do. */
    List<TraitCount> traits(long group, long least) {
        List<TraitCount> traits = new ArrayList<>();
        traits.add(new TraitCount(Trait.of(TraitKind.MISSING), group - records));
        traits.add(new TraitCount(Trait.of(TraitKind.PRESENT), records));
        traits.add(new TraitCount(Trait.of(TraitKind.NULL), types.getOrDefault(ValueType.NULL, 0L)));
        traits.add(new TraitCount(Trait.of(TraitKind.EMPTY), empty));
        literals.forEach((value, count) -> traits.add(new TraitCount(Trait.of(TraitKind.VALUE, value), count)));
        types.forEach((type, count) -> traits.add(new TraitCount(Trait.of(TraitKind.TYPE, type.label()), count)));
        patterns.forEach((value, count) -> traits.add(new TraitCount(Trait.of(TraitKind.PATTERN, value), count)));
        addRanges(traits);
        addLengths(traits, ValueType.TEXT);
        addLengths(traits, ValueType.LIST);
        traits.removeIf(trait -> trait.group() < Math.max(1, least));
        return traits;
    }

    private void addRanges(List<TraitCount> traits) {
        long numbers = types.getOrDefault(ValueType.NUMBER, 0L);
        if (numbers < records || least == null || most == null || least.literal() == null || most.literal() == null) {
            return;
        }
        String low = least.literal();
        String high = most.literal();
        traits.add(new TraitCount(new Trait(TraitKind.AT_LEAST, ValueType.NUMBER, low, null), numbers));
        traits.add(new TraitCount(new Trait(TraitKind.AT_MOST, ValueType.NUMBER, high, null), numbers));
        traits.add(new TraitCount(new Trait(TraitKind.BETWEEN, ValueType.NUMBER, low, high), numbers));
    }

    private void addLengths(List<TraitCount> traits, ValueType type) {
        long count = types.getOrDefault(type, 0L);
        if (count < records) {
            return;
        }
        traits.add(new TraitCount(new Trait(TraitKind.LENGTH_AT_LEAST, type, String.valueOf(shortest), null), count));
        traits.add(new TraitCount(new Trait(TraitKind.LENGTH_AT_MOST, type, String.valueOf(longest), null), count));
    }
}
