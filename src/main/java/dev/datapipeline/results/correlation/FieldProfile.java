package dev.datapipeline.results.correlation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A field of records, or the record itself: what the records of a group have in it, and how many others have the same. First all records of
 * the group are added, then traits are chosen, then others are counted. Not thread-safe.
 */
final class FieldProfile {
    private final List<String> path;
    private final Map<String, FieldProfile> children = new LinkedHashMap<>();
    private final ValueCounts group = new ValueCounts();
    private List<TraitCount> traits = List.of();
    private long[] others = {};
    private long othersWithField;

    /** The record in which the field was met last: a record may have a field twice, and counts once. */
    private long lastRecord;

    FieldProfile(List<String> path) {
        this.path = path;
    }

    @Nullable
    FieldProfile child(String name) {
        return children.get(name);
    }

    FieldProfile addChild(String name) {
        List<String> place = new ArrayList<>(path);
        place.add(name);
        FieldProfile child = new FieldProfile(List.copyOf(place));
        children.put(name, child);
        return child;
    }

    /**
     * Adds a field that only others have.
     *
     * @param records of the group, none of which has it
     */
    FieldProfile addMissing(String name, long records) {
        FieldProfile child = addChild(name);
        child.traits = List.of(new TraitCount(Trait.of(TraitKind.MISSING), records));
        child.others = new long[1];
        return child;
    }

    void addOfGroup(FieldValue value, long record) {
        if (lastRecord != record) {
            lastRecord = record;
            group.add(value);
        }
    }

    /** Chooses, here and in all fields below, the traits that at least so many of the records of the group have. */
    void chooseTraits(long records, long least) {
        children.values().forEach(child -> {
            child.traits = child.group.traits(records, least);
            child.others = new long[child.traits.size()];
            child.chooseTraits(records, least);
        });
    }

    void addOfOthers(FieldValue value, long record) {
        if (lastRecord == record) {
            return;
        }
        lastRecord = record;
        othersWithField++;
        for (int i = 0; i < others.length; i++) {
            others[i] += traits.get(i).trait().matches(value) ? 1 : 0;
        }
    }

    /**
     * Shows the chosen traits of all fields.
     *
     * @param records of the others
     */
    void show(long records, Consumer<Correlation> target) {
        for (int i = 0; i < others.length; i++) {
            TraitCount chosen = traits.get(i);
            boolean isMissing = chosen.trait().kind() == TraitKind.MISSING;
            target.accept(new Correlation(
                    path, chosen.trait(), chosen.group(), isMissing ? records - othersWithField : others[i]));
        }
        children.values().forEach(child -> child.show(records, target));
    }
}
