package dev.datapipeline.server;

import dev.datapipeline.server.postgres.PostgresSupervisor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;

/** The order of a stop: first what looks after things, last the embedded database, after everything that uses it. */
@ApplicationScoped
final class Shutdown {
    void stopLookingFirst(@Observes @Priority(1) ShutdownEvent event, Scheduler scheduler) {
        scheduler.pause();
    }

    void stopDatabaseLast(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) throws IOException {
        PostgresSupervisor.stopCurrent();
    }
}
