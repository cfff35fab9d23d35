package dev.datapipeline.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL as a child process, its data kept between starts and as durable as any: fsync and synchronous commit are on. It
 * listens on the loopback address only and asks for a password that only the owner of the folder can read.
 *
 * <p>A service that was killed leaves its server running; the next start ends that one first (only if it serves this very folder).
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static @Nullable CompletableFuture<EmbeddedDatabase> running;

    private final EmbeddedPostgres server;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, String password) {
        this.server = server;
        this.password = password;
    }

    /**
     * Begins to start the server of this process, which takes as long as much of the rest of a start.
     *
     * @return what the service has to be told; it learns the password and waits where it connects first, see {@link EmbeddedCredentials}
     */
    static synchronized Map<String, String> begin(Path folder, Path software) throws IOException {
        int port = freePort();
        running = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return start(folder, software, port);
                    } catch (IOException failed) {
                        throw new UncheckedIOException("The embedded database does not start", failed);
                    }
                },
                Thread.ofPlatform().name("embedded-database")::start);
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(port),
                "quarkus.datasource.credentials-provider", EmbeddedCredentials.NAME,
                "quarkus.datasource.credentials-provider-name", EmbeddedCredentials.NAME);
    }

    /** Waits for the server of this process. */
    static EmbeddedDatabase awaitRunning() {
        CompletableFuture<EmbeddedDatabase> starting;
        synchronized (EmbeddedDatabase.class) {
            starting = Objects.requireNonNull(running, "no embedded database was begun");
        }
        return starting.join();
    }

    /** Stops the server of this process, if there is one. */
    static synchronized void stopRunning() throws IOException {
        if (running != null && !running.isCompletedExceptionally()) {
            running.join().close();
        }
        running = null;
    }

    /**
     * Starts a server on a free loopback port; takes 4 s for a new folder, 0.5 s later.
     *
     * @param folder of the data; the password is in a file beside it
     * @param software folder the server is unpacked to, where it is not there already; nobody else may be able to write to it
     */
    public static EmbeddedDatabase start(Path folder, Path software) throws IOException {
        return start(folder, software, freePort());
    }

    private static EmbeddedDatabase start(Path folder, Path software, int port) throws IOException {
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
                .setPGStartupWait(LONGEST_START)
                .setPort(port)
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
        return new EmbeddedDatabase(server, password.text());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String jdbcUrl() {
        return jdbcUrl(server.getPort());
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
