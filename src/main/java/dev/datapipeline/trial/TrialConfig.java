package dev.datapipeline.trial;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;

/** What trials may take from runs. */
@ConfigMapping(prefix = "datapipeline.trial")
interface TrialConfig {
    /** Time for all records of a trial together, once its pipeline is loaded. */
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    Duration timeout();

    /** Trials at one time; more are refused for the moment. */
    @WithDefault("32")
    @Min(1)
    int mostAtOnce();
}
