package dev.datapipeline.environment.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.environment.store.EnvironmentUses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts what becomes of environments. The names are stable, see docs/operations.md. */
@Singleton
class EnvironmentMetrics {
    private final Timer resolve;
    private final Timer build;
    private final Counter failed;

    EnvironmentMetrics(MeterRegistry registry, EnvironmentUses uses) {
        resolve = Timer.builder("datapipeline.environment.resolve")
                .description("Time to resolve packages to a lock")
                .register(registry);
        build = Timer.builder("datapipeline.environment.build")
                .description("Time to build the files of an environment from its lock")
                .register(registry);
        failed = Counter.builder("datapipeline.environment.failed")
                .description("Environments that cannot be resolved or built as they were declared")
                .register(registry);
        Gauge.builder("datapipeline.environment.size", uses, EnvironmentMetrics::bytes)
                .description("Disk space of the files of all environments")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    void resolved(Duration took) {
        resolve.record(took);
    }

    void built(Duration took) {
        build.record(took);
    }

    void failed() {
        failed.increment();
    }

    private static double bytes(EnvironmentUses uses) {
        try {
            return uses.usage().bytes();
        } catch (DatabaseException away) {
            return Double.NaN;
        }
    }
}
