package dev.datapipeline.run;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** When no more runs are taken in. */
@ConfigMapping(prefix = "datapipeline.admission")
interface AdmissionConfig {
    /** Runs that wait or run at the same time; more are told to come back. */
    @WithDefault("1000")
    @Min(1)
    int mostOpenRuns();

    /** A run is refused when less space than this is left on the disk. */
    @WithDefault("256M")
    MemorySize minFreeSpace();
}
