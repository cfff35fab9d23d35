package dev.datapipeline.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL as a child process, its data kept between starts and as durable as any: fsync and synchronous commit are on.
 *
 * <p>A service that was killed leaves its server running; the next start ends that one first (only if it serves this very folder).
 */
public final class EmbeddedDatabase implements AutoCloseable {
    public static final String USER = "postgres";
    private static @Nullable EmbeddedDatabase running;

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts the server on a free loopback port; takes 4 s for a new folder, 0.6 s later. */
    public static synchronized EmbeddedDatabase start(Path folder) throws IOException {
        // The next start recognises the server by this argument of its command line, from whatever folder that is made.
        Path directory = folder.toAbsolutePath().normalize();
        OrphanedDatabase.end(directory);
        Files.createDirectories(directory.getParent());
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "60")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        running = new EmbeddedDatabase(server);
        return running;
    }

    /** Stops the server that this process started, if it started one. */
    static synchronized void stopRunning() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
