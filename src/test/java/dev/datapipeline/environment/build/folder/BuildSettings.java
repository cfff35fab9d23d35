package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.build.EnvironmentBuildConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;

/** The usual bounds of an environment, with less patience. */
record BuildSettings() implements EnvironmentBuildConfig {
    @Override
    public int maxPackages() {
        return 300;
    }

    @Override
    public int maxFiles() {
        return 50_000;
    }

    @Override
    public MemorySize maxSize() {
        return new MemorySize(BigInteger.valueOf(1_000_000_000));
    }

    @Override
    public Duration resolveTimeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Duration compileTimeout() {
        return Duration.ofSeconds(60);
    }
}
