package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.TestBatches;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.SettableTicker;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.worker.dispatch.BatchDispatcher;
import dev.datapipeline.worker.dispatch.IdleDispatcher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GracefulShutdownTest {
    private static final WorkerConfig CONFIG = Patience.withLease(Duration.ofHours(1));
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(4);

    private final SettableTicker ticker = new SettableTicker();
    private final BatchDispatcher dispatcher = IdleDispatcher.create();
    private final LeaseRenewer leases = new LeaseRenewer(
            TestBatches.open(),
            CONFIG,
            new ServiceInstance(UUID.randomUUID().toString(), "process"),
            new BatchMetrics(new SimpleMeterRegistry()),
            ticker);
    private final GracefulShutdown shutdown = new GracefulShutdown(dispatcher, leases, CONFIG, ticker);

    @Test
    void idleServiceStopsAtOnce() throws Exception {
        assertEquals(Status.UP, shutdown.call().getStatus());

        shutdown.drain(new ShutdownDelayInitiatedEvent());

        assertEquals(0, ticker.nanoTime());
        assertFalse(dispatcher.isOpen());
        assertEquals(Status.DOWN, shutdown.call().getStatus());
    }

    @Test
    void batchThatOutlivesTheGraceIsAborted() throws Exception {
        BatchId batch = new BatchId(new Rows(TestDatabase.shared()).run(1), 0);
        try (BatchAttempt attempt = leases.claim(batch).orElseThrow()) {
            shutdown.drain(new ShutdownDelayInitiatedEvent());

            assertFalse(attempt.abort(), "it was aborted before");
        }

        Duration waited = Duration.ofNanos(ticker.nanoTime());
        Duration longest = CONFIG.shutdownGrace().plus(RELEASE_TIMEOUT);
        assertTrue(waited.compareTo(longest) >= 0 && waited.compareTo(longest.plusSeconds(1)) < 0, "waited " + waited);
    }
}
