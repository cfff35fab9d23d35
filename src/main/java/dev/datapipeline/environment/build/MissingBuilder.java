package dev.datapipeline.environment.build;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;

/** Stands in where nothing builds environments: they wait. */
@DefaultBean
@Singleton
final class MissingBuilder implements PackageResolver, EnvironmentBuilder, EnvironmentFolders {
    private static final String REASON = "this service cannot build environments";

    @Override
    public Lock resolve(DeclaredPackages declared, BuildLog log) throws IOException {
        throw new IOException(REASON);
    }

    @Override
    public boolean fits(Lock lock) {
        return true;
    }

    @Override
    public BuiltEnvironment build(Lock lock, UUID environment, int attempt, BuildLog log) throws IOException {
        throw new IOException(REASON);
    }

    @Override
    public boolean isIntact(String folder) {
        return false;
    }

    @Override
    public void delete(String folder) {
        // There is none.
    }

    @Override
    public void sweepStaging() {
        // There is none.
    }
}
