package dev.datapipeline.server.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * PostgreSQL as a child process. Its data is kept between starts and is durable: fsync and synchronous commit are on. It listens on the
 * loopback address only, with a password that only the owner of the folder can read.
 *
 * <p>If the service was killed and its server still runs, the next start ends that server first, provided it serves this very folder.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final Path directory;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres server, Path directory, String password) {
        this.server = server;
        this.directory = directory;
        this.password = password;
    }

    /** Starts a server on a free loopback port; takes 4 s for a new folder, 0.5 s later. Nobody else may write to {@code software}. */
    public static EmbeddedDatabase start(Path folder, Path software) throws IOException {
        return start(folder, software, freePort());
    }

    static EmbeddedDatabase start(Path folder, Path software, int port) throws IOException {
        // Absolute, since the next start recognises the server by this command line argument.
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
                // Passed on to initdb unchanged, despite their name.
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("pwfile", password.file().toString())
                // A password of 192 random bits needs no slow hash, which would only make every connection slow.
                .setLocaleConfig("set", "scram_iterations=1")
                .setConnectConfig("password", password.text())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "60")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .start();
        return new EmbeddedDatabase(server, directory, password.text());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    boolean isAlive() throws IOException {
        return PostgresProcess.of(directory).isPresent();
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
        OrphanedDatabase.end(directory);
    }
}
