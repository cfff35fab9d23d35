package dev.datapipeline.worker;

import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.worker.dispatch.BatchDispatcher;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Lets running batches finish when the service stops, and releases those that take too long. */
@Readiness
@Singleton
class GracefulShutdown implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final BatchDispatcher dispatcher;
    private final LeaseRenewer leases;
    private final WorkerConfig config;
    private final Ticker ticker;
    private volatile boolean isStopping;

    GracefulShutdown(BatchDispatcher dispatcher, LeaseRenewer leases, WorkerConfig config, Ticker ticker) {
        this.dispatcher = dispatcher;
        this.leases = leases;
        this.config = config;
        this.ticker = ticker;
    }

    /** Runs while everything still works, including HTTP; the stop continues when this returns. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        isStopping = true;
        dispatcher.stop();
        if (leases.active() > 0) {
            LOG.infof(
                    "stopping: %d running batches have up to %d s to finish",
                    leases.active(), config.shutdownGrace().toSeconds());
        }
        if (!isIdleWithin(config.shutdownGrace())) {
            LOG.infof("stopping: %d batches are aborted and run again at the next start", leases.active());
            leases.abortAll();
            isIdleWithin(RELEASE_TIMEOUT);
        }
    }

    private boolean isIdleWithin(Duration timeout) throws InterruptedException {
        Deadline deadline = ticker.deadlineIn(timeout);
        while (leases.active() > 0) {
            if (deadline.isOver()) {
                return false;
            }
            ticker.sleep(POLL_INTERVAL);
        }
        return true;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("worker");
        if (isStopping) {
            response.withData("reason", "The service is stopping; send new work when it is back.");
        }
        return response.status(!isStopping).build();
    }
}
