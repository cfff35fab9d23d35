package dev.datapipeline.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** How patient a worker is. */
@ConfigMapping(prefix = "datapipeline.worker")
interface WorkerConfig {
    /** How long a claim holds without being renewed; renewed every sixth of this time, to the second. */
    @WithDefault("30s")
    @DurationMin(seconds = 6)
    Duration lease();

    /** How long batches under way may go on when the service is asked to stop; then they are cut short and run again at the next start. */
    @WithDefault("30s")
    Duration shutdownGrace();

    /** Attempts of one batch that may be lost to infrastructure before its run is given up. */
    @WithDefault("10")
    @Min(1)
    int mostDisturbances();

    /** Attempts of one batch in which the engine may die before the batch counts as broken. */
    @WithDefault("3")
    @Min(1)
    int mostEngineDeaths();

    /** Pause before a disturbed batch is tried again; doubles each time. */
    @WithDefault("500ms")
    Duration firstBackoff();

    /** Longest pause before a disturbed batch is tried again. */
    @WithDefault("30s")
    Duration longestBackoff();
}
