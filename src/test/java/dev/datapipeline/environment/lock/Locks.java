package dev.datapipeline.environment.lock;

import dev.datapipeline.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Locks for tests. */
public final class Locks {
    private Locks() {}

    public static Lock of(LockedPackage... packages) {
        return new Lock("3.11.2", "manylinux_2_36_x86_64", "sha256:1", "pip 23.0.1", List.of(packages));
    }

    /** A pure wheel whose digest depends on name and version. */
    public static LockedPackage locked(String name, String version, String... requiredBy) {
        String filename = name.replace('-', '_') + "-" + version + "-py3-none-any.whl";
        String sha256 = Sha256.hex(filename.getBytes(StandardCharsets.UTF_8));
        return new LockedPackage(name, version, filename, sha256, 100, "default", null, List.of(requiredBy));
    }
}
