package dev.datapipeline.memory;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Shows how much of the memory budget is taken; the names are stable, see docs/operations.md. */
@Singleton
class MemoryMetrics {
    private final MeterRegistry registry;
    private final MemoryBudget budget;

    MemoryMetrics(MeterRegistry registry, MemoryBudget budget) {
        this.registry = registry;
        this.budget = budget;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("datapipeline.memory.taken", budget, MemoryBudget::taken)
                .description("Memory that requests under way have taken from the budget")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("datapipeline.memory.budget", budget, MemoryBudget::capacity)
                .description("Memory that requests under way may take together")
                .baseUnit("bytes")
                .register(registry);
    }
}
