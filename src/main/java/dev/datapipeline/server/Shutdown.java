package dev.datapipeline.server;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;

/** Stops the embedded database after everything that uses it has stopped. */
@ApplicationScoped
final class Shutdown {
    void stopDatabaseLast(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) throws IOException {
        DatabaseKeeper.stopCurrent();
    }
}
