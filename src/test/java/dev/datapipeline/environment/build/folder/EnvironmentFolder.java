package dev.datapipeline.environment.build.folder;

import dev.datapipeline.sandbox.EnvironmentMountConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of the environments of a test. */
record EnvironmentFolder(Path directory) implements EnvironmentMountConfig {
    @Override
    public Optional<String> volume() {
        return Optional.empty();
    }

    @Override
    public MemorySize builderMemory() {
        return new MemorySize(BigInteger.valueOf(1_000_000_000));
    }
}
