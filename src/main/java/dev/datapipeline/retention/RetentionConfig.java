package dev.datapipeline.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long runs and datasets are kept; for ever by default. */
@ConfigMapping(prefix = "datapipeline.retention")
interface RetentionConfig {
    /** A final run is deleted with its results when its end is older than this. */
    Optional<Duration> runs();

    /** A dataset is deleted when it is older than this and no run uses it. */
    Optional<Duration> datasets();
}
