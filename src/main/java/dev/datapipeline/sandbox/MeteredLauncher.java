package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Measures how long sandboxes take to be ready, and counts those that do not come. The names are stable, see docs/operations.md. */
public final class MeteredLauncher implements SandboxLauncher {
    private final SandboxLauncher starter;
    private final MeterRegistry registry;
    private final Timer starts;
    private final Counter failures;

    public MeteredLauncher(SandboxLauncher starter, MeterRegistry registry) {
        this.starter = starter;
        this.registry = registry;
        starts = Timer.builder("datapipeline.sandbox.start")
                .description("From asking for a sandbox to its engine being ready")
                .register(registry);
        failures = Counter.builder("datapipeline.sandbox.start.failures")
                .description("Sandboxes that could not be started")
                .register(registry);
    }

    @Override
    public RunningSandbox start() throws SandboxFailureException, InterruptedException {
        Timer.Sample sample = Timer.start(registry);
        try {
            RunningSandbox started = starter.start();
            sample.stop(starts);
            return started;
        } catch (SandboxFailureException | RuntimeException failure) {
            failures.increment();
            throw failure;
        }
    }
}
