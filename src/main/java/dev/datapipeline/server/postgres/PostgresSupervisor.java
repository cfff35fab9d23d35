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

/** Runs the embedded database of this process: begins with it, starts it again when it ends by itself, and stops it. */
public final class PostgresSupervisor {
    private static final Logger LOG = Logger.getLogger(PostgresSupervisor.class);
    private static final long GLANCE_MILLISECONDS = 500;
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

    /**
     * Begins to start the server of this process, which takes as long as much of the rest of a start.
     *
     * @return what the service has to be told; it learns the password and waits where it connects first, see {@link EmbeddedCredentials}
     */
    public static synchronized Map<String, String> begin(Path folder, Path software) throws IOException {
        PostgresSupervisor keeper = new PostgresSupervisor(folder, software, EmbeddedDatabase.freePort());
        current = keeper;
        // Set up by one thread before there are two: they would get in each other's way, which it reports at length.
        LoggerFactory.getILoggerFactory();
        Thread.ofPlatform().name("embedded-database").daemon().start(keeper::keep);
        return Map.of(
                "quarkus.datasource.jdbc.url", EmbeddedDatabase.jdbcUrl(keeper.port),
                "quarkus.datasource.credentials-provider", EmbeddedCredentials.NAME,
                "quarkus.datasource.credentials-provider-name", EmbeddedCredentials.NAME);
    }

    /** Waits for the first start of the server of this process; whoever it was stays good for those that follow it. */
    static EmbeddedDatabase awaitFirst() {
        PostgresSupervisor keeper;
        synchronized (PostgresSupervisor.class) {
            keeper = Objects.requireNonNull(current, "no embedded database was begun");
        }
        return keeper.first.join();
    }

    /** Stops the server of this process, if there is one. */
    public static void stopCurrent() throws IOException {
        PostgresSupervisor keeper;
        synchronized (PostgresSupervisor.class) {
            keeper = current;
            current = null;
        }
        if (keeper != null) {
            keeper.stop();
        }
    }

    private void keep() {
        try {
            start();
            while (isWanted()) {
                Thread.sleep(GLANCE_MILLISECONDS);
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

    /** Starts the server again when it is gone; false when it is not wanted any more. */
    private synchronized boolean isWanted() {
        if (isStopping) {
            return false;
        }
        try {
            if (running == null || !running.isAlive()) {
                LOG.warn("The embedded database ended by itself; starting it again.");
                giveUp();
                start();
                LOG.info("The embedded database is back.");
            }
        } catch (IOException | RuntimeException failed) {
            LOG.warn("The embedded database does not start, trying again", failed);
        }
        return true;
    }

    /** What is left of a server that ended keeps the next one from its folder. */
    private void giveUp() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    private synchronized void stop() throws IOException {
        isStopping = true;
        giveUp();
    }
}
