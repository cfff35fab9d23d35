package dev.datapipeline.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** How long what is not needed any more is kept; for ever unless given. */
@ConfigMapping(prefix = "datapipeline.retention")
interface RetentionConfig {
    /** A final run goes with its results when its end is older than this. */
    Optional<Duration> runs();

    /** A dataset goes when it is older than this and no run uses it. */
    Optional<Duration> datasets();
}
