package dev.datapipeline.project.quota;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** Quotas of projects that set none themselves; no limit by default. */
@ConfigMapping(prefix = "datapipeline.quota")
interface QuotaConfig {
    /** Runs of a project that are queued or running at one time. */
    OptionalInt openRuns();

    /** Datasets and results of a project together. */
    Optional<MemorySize> storage();

    /** Trials of a project at one time, on this node. */
    OptionalInt trials();

    /** Dollars that the model calls of runs may cost in a calendar month (UTC). */
    Optional<BigDecimal> modelMoney();
}
