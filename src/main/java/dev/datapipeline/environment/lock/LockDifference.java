package dev.datapipeline.environment.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one lock differs from another.
 *
 * @param python the two versions of Python where they differ, else null
 * @param packages those that differ, sorted by name
 */
public record LockDifference(@Nullable Change python, List<Change> packages) {
    public LockDifference {
        packages = List.copyOf(packages);
    }

    /**
     * A package of which the locks have different wheels.
     *
     * @param before version in the first lock, null where it is not in there
     * @param after version in the second lock, null where it is not in there; equal to {@code before} where another wheel of the same version is
     *     used
     */
    public record Change(
            String name, @Nullable String before, @Nullable String after) {}

    public static LockDifference between(Lock before, Lock after) {
        Map<String, LockedPackage> first = byName(before);
        Map<String, LockedPackage> second = byName(after);
        SortedSet<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            LockedPackage one = first.get(name);
            LockedPackage other = second.get(name);
            if (one == null || other == null || !one.sha256().equals(other.sha256())) {
                changes.add(new Change(name, version(one), version(other)));
            }
        }
        boolean isSamePython = Objects.equals(before.python(), after.python());
        return new LockDifference(isSamePython ? null : new Change("python", before.python(), after.python()), changes);
    }

    public boolean isEmpty() {
        return python == null && packages.isEmpty();
    }

    private static Map<String, LockedPackage> byName(Lock lock) {
        Map<String, LockedPackage> byName = new TreeMap<>();
        lock.packages().forEach(each -> byName.put(each.name(), each));
        return byName;
    }

    private static @Nullable String version(@Nullable LockedPackage locked) {
        return locked == null ? null : locked.version();
    }
}
