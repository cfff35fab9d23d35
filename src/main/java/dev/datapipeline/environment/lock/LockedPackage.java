package dev.datapipeline.environment.lock;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One wheel of a lock.
 *
 * @param name normalised as in PEP 503
 * @param filename of the wheel
 * @param sha256 of the wheel, 64 hexadecimal digits
 * @param size of the wheel in bytes
 * @param index name of the index that it came from, as in the settings
 * @param url public address of the wheel, without credentials; null where it has none
 * @param requiredBy names of the packages that require it, sorted
 */
public record LockedPackage(
        String name,
        String version,
        String filename,
        String sha256,
        long size,
        String index,
        @Nullable String url,
        List<String> requiredBy) {
    public LockedPackage {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(filename);
        Objects.requireNonNull(index);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        requiredBy = requiredBy.stream().sorted().distinct().toList();
    }
}
