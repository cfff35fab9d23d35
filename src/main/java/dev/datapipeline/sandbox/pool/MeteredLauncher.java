package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Measures how long sandboxes take to start, and counts those that fail to. docs/operations.md promises the names of the metrics. */
public final class MeteredLauncher implements SandboxLauncher {
    private final SandboxLauncher launcher;
    private final MeterRegistry registry;
    private final Timer starts;
    private final Counter failures;

    public MeteredLauncher(SandboxLauncher launcher, MeterRegistry registry) {
        this.launcher = launcher;
        this.registry = registry;
        starts = Timer.builder("datapipeline.sandbox.start")
                .description("From asking for a sandbox to its engine being ready")
                .register(registry);
        failures = Counter.builder("datapipeline.sandbox.start.failures")
                .description("Sandboxes that could not be started")
                .register(registry);
    }

    @Override
    public Sandbox launch(String image) throws SandboxFailureException, InterruptedException {
        Timer.Sample sample = Timer.start(registry);
        try {
            Sandbox sandbox = launcher.launch(image);
            sample.stop(starts);
            return sandbox;
        } catch (SandboxFailureException | RuntimeException failure) {
            failures.increment();
            throw failure;
        }
    }
}
