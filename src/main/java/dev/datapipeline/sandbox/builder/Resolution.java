package dev.datapipeline.sandbox.builder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the installer has found.
 *
 * @param installer name and version; null where it failed
 * @param packages what would be installed; empty where it failed
 * @param failure null where it succeeded
 */
public record Resolution(
        @Nullable String installer,
        List<ResolvedPackage> packages,
        @Nullable ResolveFailure failure) {
    private static final int MAX_PACKAGES = 10_000;
    private static final int MAX_INSTALLER = 200;

    public Resolution {
        packages = List.copyOf(packages);
        boolean isInstaller = installer != null && installer.length() <= MAX_INSTALLER;
        if (isInstaller == (failure != null) || packages.size() > MAX_PACKAGES) {
            throw new IllegalArgumentException("neither a success nor a failure");
        }
    }
}
