package dev.datapipeline.docker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Shows how many sandboxes there are; the names are stable, see docs/operations.md. */
@Singleton
class SandboxMetrics {
    private final MeterRegistry registry;
    private final SandboxSystem system;

    SandboxMetrics(MeterRegistry registry, SandboxSystem system) {
        this.registry = registry;
        this.system = system;
    }

    void register(@Observes StartupEvent event) {
        gauge("warm", "Sandboxes that wait for a run", SandboxSystem::warm);
        gauge("lent", "Sandboxes at work", SandboxSystem::lent);
        gauge("idle", "Sandboxes that their runs keep between batches", SandboxSystem::idle);
        gauge("living", "Sandboxes that are being made, wait, run, or are being removed", SandboxSystem::living);
        gauge("awaited", "Batches and checks that wait for a sandbox", SandboxSystem::awaited);
    }

    private void gauge(String name, String description, ToDoubleFunction<SandboxSystem> value) {
        Gauge.builder("datapipeline.sandboxes." + name, system, value)
                .description(description)
                .register(registry);
    }
}
