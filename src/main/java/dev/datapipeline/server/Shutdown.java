package dev.datapipeline.server;

import dev.datapipeline.server.postgres.PostgresSupervisor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Orders the shutdown: schedulers first, the embedded database last. */
@Singleton
final class Shutdown {
    void pauseSchedulerFirst(@Observes @Priority(1) ShutdownEvent event, Scheduler scheduler) {
        scheduler.pause();
    }

    void stopDatabaseLast(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) throws IOException {
        PostgresSupervisor.stopCurrent();
    }
}
