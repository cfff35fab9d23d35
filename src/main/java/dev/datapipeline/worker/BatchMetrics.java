package dev.datapipeline.worker;

import dev.datapipeline.run.store.batch.FinishResult.Finish;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;

/** Counts what workers do; the names are stable, see docs/operations.md. */
@Singleton
class BatchMetrics {
    private static final String ATTEMPTS = "datapipeline.batch.attempts";

    private final MeterRegistry registry;
    private final Counter claims;
    private final Counter rescues;
    private final Counter lostLeases;
    private final Timer duration;

    BatchMetrics(MeterRegistry registry) {
        this.registry = registry;
        claims = Counter.builder("datapipeline.batch.claims")
                .description("Batches claimed by this process")
                .register(registry);
        rescues = Counter.builder("datapipeline.batch.rescues")
                .description("Batches returned to the queue because their worker was gone")
                .register(registry);
        lostLeases = Counter.builder("datapipeline.batch.leases.lost")
                .description("Leases that could not be renewed in time, so that the attempt was aborted")
                .register(registry);
        duration = Timer.builder("datapipeline.batch.duration")
                .description("From claim to end of an attempt")
                .register(registry);
    }

    Timer.Sample claimed() {
        claims.increment();
        return Timer.start(registry);
    }

    void over(Timer.Sample attempt) {
        attempt.stop(duration);
    }

    void finished(Finish finish) {
        count(finish == Finish.LOST ? "lost" : "recorded");
    }

    void infrastructureFailed() {
        count("infrastructure_failed");
    }

    void engineDied() {
        count("engine_died");
    }

    void rescued(int batches) {
        rescues.increment(batches);
    }

    void leaseLost() {
        lostLeases.increment();
    }

    private void count(String outcome) {
        registry.counter(ATTEMPTS, "outcome", outcome).increment();
    }
}
