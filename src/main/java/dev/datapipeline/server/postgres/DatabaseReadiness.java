package dev.datapipeline.server.postgres;

import dev.datapipeline.time.Deadline;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether the database answers, at once even while it hangs: from when it last did, never by asking it. */
@Readiness
@Singleton
class DatabaseReadiness implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final String AWAY =
            "The database does not answer. See whether it runs and can be reached; the service goes on by itself when it is back.";
    private static final String FULL =
            "The database lets nobody in, since all its sessions are in use. End those that are not needed, or raise its max_connections; the service goes on by itself when there is room.";

    /** See https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final DataSource database;
    /** A thread of its own: what is busy elsewhere tells nothing about the database. */
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("database-readiness").factory());

    /** The migrations have run by the time anybody asks. */
    private volatile Deadline silence = Deadline.in(LONGEST_SILENCE);

    private volatile String reason = AWAY;

    DatabaseReadiness(DataSource database) {
        this.database = database;
    }

    void begin(@Observes StartupEvent started) {
        looks.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    void end(@Observes ShutdownEvent stopping) {
        looks.shutdownNow();
    }

    private void look() {
        silence = Deadline.in(answers() ? LONGEST_SILENCE : Duration.ZERO);
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException away) {
            reason = TOO_MANY_CONNECTIONS.equals(away.getSQLState()) ? FULL : AWAY;
            return false;
        }
    }

    @Override
    public HealthCheckResponse call() {
        boolean answers = !silence.isOver();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("database");
        if (!answers) {
            response.withData("reason", reason);
        }
        return response.status(answers).build();
    }
}
