package dev.datapipeline.environment.lock;

import dev.datapipeline.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What the packages of a pipeline were resolved to.
 *
 * @param python version of the Python that it is for, such as 3.11.2
 * @param platform the most specific platform tag of that Python, such as manylinux_2_36_x86_64
 * @param image id of the sandbox image in which it was resolved
 * @param installer what resolved it, such as pip 23.0.1
 * @param packages sorted by name, each name once
 */
public record Lock(String python, String platform, String image, String installer, List<LockedPackage> packages) {
    /** Changes when an environment is laid out in another way, so that none is used that was made before. */
    private static final String LAYOUT = "1";

    public Lock {
        Objects.requireNonNull(python);
        Objects.requireNonNull(platform);
        Objects.requireNonNull(image);
        Objects.requireNonNull(installer);
        packages = packages.stream()
                .sorted(Comparator.comparing(LockedPackage::name))
                .toList();
        long names = packages.stream().map(LockedPackage::name).distinct().count();
        if (names < packages.size()) {
            throw new IllegalArgumentException("a package is locked twice");
        }
    }

    /** Equal for locks that make the same files: a digest of the wheels, the minor version of Python, and the platform. */
    public String key() {
        StringBuilder text = new StringBuilder();
        add(text, LAYOUT, minorVersion(), platform);
        packages.forEach(each -> add(text, each.filename(), each.sha256()));
        return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The version of Python that extension modules and byte code are bound to, such as 3.11. */
    public String minorVersion() {
        String[] parts = python.split("\\.", 3);
        return parts.length < 2 ? python : parts[0] + "." + parts[1];
    }

    /** A {@code pylock.toml} of PEP 751. A wheel without a public address is expected in the folder {@code wheels} beside the file. */
    public String pylock() {
        return LockExport.pylock(this);
    }

    /** A requirements file that pins every package to the one wheel, for {@code pip install --require-hashes --no-deps}. */
    public String requirements() {
        return LockExport.requirements(this);
    }

    private static void add(StringBuilder text, String... parts) {
        for (String part : parts) {
            text.append(part).append('\n');
        }
    }
}
