package dev.datapipeline.sandbox.docker;

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
    private final DockerSandboxes system;

    SandboxMetrics(MeterRegistry registry, DockerSandboxes system) {
        this.registry = registry;
        this.system = system;
    }

    void register(@Observes StartupEvent event) {
        gauge("warm", "Sandboxes that wait for a run", DockerSandboxes::warm);
        gauge("leased", "Sandboxes at work", DockerSandboxes::leased);
        gauge("idle", "Sandboxes that their runs keep between batches", DockerSandboxes::idle);
        gauge("living", "Sandboxes that are being made, wait, run, or are being removed", DockerSandboxes::living);
        gauge("waiting", "Batches and checks that wait for a sandbox", DockerSandboxes::waiting);
    }

    private void gauge(String name, String description, ToDoubleFunction<DockerSandboxes> value) {
        Gauge.builder("datapipeline.sandboxes." + name, system, value)
                .description(description)
                .register(registry);
    }
}
