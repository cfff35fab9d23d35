package dev.datapipeline.server.postgres;

import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
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

/** Reports whether the database answered a background thread lately, so the check returns at once even if the database hangs. */
@Readiness
@Singleton
class DatabaseReadiness implements HealthCheck {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final String UNREACHABLE =
            "The database does not answer. See whether it runs and can be reached; the service goes on by itself when it is back.";
    private static final String FULL =
            "The database lets nobody in, since all its sessions are in use. End those that are not needed, or raise its max_connections; the service goes on by itself when there is room.";

    /** See https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final DataSource database;
    private final Ticker ticker;
    /** A thread of its own, so that other work cannot delay the probe. */
    private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("database-readiness").factory());

    private volatile Deadline silence;
    private volatile String reason = UNREACHABLE;

    DatabaseReadiness(DataSource database, Ticker ticker) {
        this.database = database;
        this.ticker = ticker;
        // The database has just answered: the migrations have run.
        this.silence = ticker.deadlineIn(LONGEST_SILENCE);
    }

    void begin(@Observes StartupEvent started) {
        probes.scheduleWithFixedDelay(this::probe, 0, 1, TimeUnit.SECONDS);
    }

    void end(@Observes ShutdownEvent stopping) {
        probes.shutdownNow();
    }

    private void probe() {
        silence = ticker.deadlineIn(answers() ? LONGEST_SILENCE : Duration.ZERO);
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid((int) TIMEOUT.toSeconds());
        } catch (SQLException failed) {
            reason = TOO_MANY_CONNECTIONS.equals(failed.getSQLState()) ? FULL : UNREACHABLE;
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
