package dev.datapipeline.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL as a child process, its data kept between starts and as durable as any: fsync and synchronous commit are on. It
 * listens on the loopback address only and asks for a password that only the owner of the folder can read.
 *
 * <p>A service that was killed leaves its server running; the next start ends that one first (only if it serves this very folder).
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static @Nullable EmbeddedDatabase running;

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Starts the server on a free loopback port; takes 4 s for a new folder, 0.6 s later.
     *
     * @param folder of the data; the password is in a file beside it
     * @param software folder the server is unpacked to, where it is not there already; nobody else may be able to write to it
     */
    public static synchronized EmbeddedDatabase start(Path folder, Path software) throws IOException {
        // The next start recognises the server by this argument of its command line, from whatever folder that is made.
        Path directory = folder.toAbsolutePath().normalize();
        OrphanedDatabase.end(directory);
        Files.createDirectories(directory.getParent());
        DatabasePassword password = DatabasePassword.in(directory.resolveSibling("postgresql-password"));
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(software.toFile())
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                // Handed on to initdb as they are, whatever their name says.
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("pwfile", password.file().toString())
                .setConnectConfig("password", password.text())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "60")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .start();
        running = new EmbeddedDatabase(server, password.text());
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

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** What the service needs to know to connect. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(),
                "quarkus.datasource.username", user(),
                "quarkus.datasource.password", password());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
