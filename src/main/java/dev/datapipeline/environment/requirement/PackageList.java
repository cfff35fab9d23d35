package dev.datapipeline.environment.requirement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of a pipeline itself, one each.
 *
 * @param entries as they were written
 * @param lines in which each of them begins, where they were read from a file; empty for a list, of which every entry is a line
 */
public record PackageList(List<? extends @Nullable String> entries, List<Integer> lines) {
    public PackageList {
        lines = List.copyOf(lines);
        if (!lines.isEmpty() && lines.size() != entries.size()) {
            throw new IllegalArgumentException("every entry has one line");
        }
    }

    public static PackageList of(List<? extends @Nullable String> entries) {
        return new PackageList(entries, List.of());
    }

    /** The line of an entry as its author counts, from 1. */
    int lineOf(int index) {
        return lines.isEmpty() ? index + 1 : lines.get(index);
    }
}
