package dev.datapipeline.server.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts the embedded database of this process, restarts it after a crash, and stops it. */
public final class PostgresSupervisor {
    private static final Logger LOG = Logger.getLogger(PostgresSupervisor.class);
    private static final long POLL_MILLISECONDS = 500;
    private static @Nullable PostgresSupervisor current;

    private final Path folder;
    private final Path software;
    private final int port;
    private final CompletableFuture<EmbeddedDatabase> first = new CompletableFuture<>();
    private @Nullable EmbeddedDatabase running;
    private boolean isStopping;

    private PostgresSupervisor(Path folder, Path software, int port) {
        this.folder = folder;
        this.software = software;
        this.port = port;
    }

    /** Begins to start the server in the background; returns the settings for the service. */
    public static synchronized Map<String, String> begin(Path folder, Path software) throws IOException {
        PostgresSupervisor supervisor = new PostgresSupervisor(folder, software, EmbeddedDatabase.freePort());
        current = supervisor;
        // SLF4J complains at length when two threads initialise it at once.
        LoggerFactory.getILoggerFactory();
        Thread.ofPlatform().name("embedded-database").daemon().start(supervisor::supervise);
        return Map.of(
                "quarkus.datasource.jdbc.url", EmbeddedDatabase.jdbcUrl(supervisor.port),
                "quarkus.datasource.credentials-provider", EmbeddedCredentials.NAME,
                "quarkus.datasource.credentials-provider-name", EmbeddedCredentials.NAME);
    }

    /** Waits for the first start of the server. Its port and password stay valid after a restart. */
    static EmbeddedDatabase awaitFirst() {
        PostgresSupervisor supervisor;
        synchronized (PostgresSupervisor.class) {
            supervisor = Objects.requireNonNull(current, "no embedded database was begun");
        }
        return supervisor.first.join();
    }

    /** Stops the server of this process, if there is one. */
    public static void stopCurrent() throws IOException {
        PostgresSupervisor supervisor;
        synchronized (PostgresSupervisor.class) {
            supervisor = current;
            current = null;
        }
        if (supervisor != null) {
            supervisor.stop();
        }
    }

    private void supervise() {
        try {
            start();
            while (restartIfEnded()) {
                Thread.sleep(POLL_MILLISECONDS);
            }
        } catch (IOException failed) {
            first.completeExceptionally(new UncheckedIOException("The embedded database does not start", failed));
        } catch (RuntimeException failed) {
            first.completeExceptionally(failed);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void start() throws IOException {
        if (isStopping) {
            throw new IOException("the service is stopping");
        }
        EmbeddedDatabase started = EmbeddedDatabase.start(folder, software, port);
        running = started;
        first.complete(started);
    }

    /** Restarts the server if it has ended; false once it should stop. */
    private synchronized boolean restartIfEnded() {
        if (isStopping) {
            return false;
        }
        try {
            if (running == null || !running.isAlive()) {
                LOG.warn("The embedded database ended by itself; starting it again.");
                stopServer();
                start();
                LOG.info("The embedded database is back.");
            }
        } catch (IOException | RuntimeException failed) {
            LOG.warn("The embedded database does not start, trying again", failed);
        }
        return true;
    }

    /** Cleans up after a server that ended, so that the next one can use its folder. */
    private void stopServer() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private synchronized void stop() throws IOException {
        isStopping = true;
        stopServer();
    }
}
