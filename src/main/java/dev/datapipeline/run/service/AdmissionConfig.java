package dev.datapipeline.run.service;

import dev.datapipeline.settings.PositiveInteger;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** When no more runs are taken in. */
@ConfigMapping(prefix = "datapipeline.admission")
interface AdmissionConfig {
    /** Runs that wait or run at the same time; more are told to come back. */
    @WithDefault("1000")
    @WithConverter(PositiveInteger.class)
    int maxOpenRuns();

    /** A run is refused when less space than this is left on the disk. */
    @WithDefault("256M")
    MemorySize minFreeSpace();
}
