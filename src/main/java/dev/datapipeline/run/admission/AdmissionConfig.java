package dev.datapipeline.run.admission;

import dev.datapipeline.settings.PositiveInteger;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "datapipeline.admission")
public interface AdmissionConfig {
    /** Open runs at the same time; more are rejected with 429. */
    @WithDefault("1000")
    @WithConverter(PositiveInteger.class)
    int maxOpenRuns();

    /** Runs are rejected when less disk space than this is left. */
    @WithDefault("256M")
    MemorySize minFreeSpace();
}
