package dev.datapipeline.environment.build;

import dev.datapipeline.settings.PositiveInteger;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of one environment. */
@ConfigMapping(prefix = "datapipeline.environment")
public interface EnvironmentBuildConfig {
    /** Packages, with those that others require. */
    @WithDefault("300")
    @WithConverter(PositiveInteger.class)
    int maxPackages();

    /** Files of all packages. */
    @WithDefault("50000")
    @WithConverter(PositiveInteger.class)
    int maxFiles();

    /** All packages unpacked, with their byte code. */
    @WithDefault("1G")
    MemorySize maxSize();

    /** Longest time for finding versions that fit together. */
    @WithDefault("2M")
    Duration resolveTimeout();

    /** Longest time for compiling; what is not compiled by then is compiled at each import. */
    @WithDefault("5M")
    Duration compileTimeout();
}
