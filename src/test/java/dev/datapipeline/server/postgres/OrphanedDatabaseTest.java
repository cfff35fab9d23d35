package dev.datapipeline.server.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class OrphanedDatabaseTest {
    @TempDir
    Path folder;

    /** Starts a database and waits to be killed; the main class of another process. */
    static final class Service {
        public static void main(String[] arguments) throws IOException {
            System.out.println("at " + address(TestDatabase.start(Path.of(arguments[0]))));
            System.in.read();
        }
    }

    @Test
    void serverOfAKilledServiceIsEndedAndItsDataKept() throws Exception {
        Path directory = folder.resolve("postgresql");
        Process service = service(folder);
        String url = url(service);
        execute(url, "create table kept as select 42 as answer");
        ProcessHandle server = server(directory);
        service.destroyForcibly().waitFor();
        assertTrue(server.isAlive(), "the server outlives the service, else there is nothing to prove");

        try (EmbeddedDatabase next = TestDatabase.start(folder)) {
            assertFalse(PostgresProcess.runs(server));
            assertEquals("42", ask(address(next), "select answer from kept"));
        }
    }

    @Test
    void databaseIsDurable() throws Exception {
        try (EmbeddedDatabase database = TestDatabase.start(folder)) {
            assertEquals("on", ask(address(database), "show fsync"));
            assertEquals("on", ask(address(database), "show synchronous_commit"));
            assertEquals("on", ask(address(database), "show full_page_writes"));
            assertEquals("127.0.0.1", ask(address(database), "show listen_addresses"));
        }
    }

    @Test
    void passwordIsRequired() throws Exception {
        try (EmbeddedDatabase database = TestDatabase.start(folder)) {
            for (String password : List.of("", "postgres")) {
                SQLException rejected = assertThrows(
                        SQLException.class,
                        () -> DriverManager.getConnection(database.jdbcUrl(), database.user(), password));
                assertTrue(rejected.toString().contains("password"), rejected::toString);
            }
            assertEquals("", ask(address(database), "show unix_socket_directories"));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgresql-password"))));
        }
    }

    @Test
    void ignoresAnUnrelatedProcessWithThatPid() throws Exception {
        Process unrelated = new ProcessBuilder("sleep", "60").start();
        try {
            Path pidFile = Files.writeString(folder.resolve("postmaster.pid"), unrelated.pid() + "\n" + folder + "\n");

            OrphanedDatabase.end(folder);

            assertTrue(unrelated.isAlive());
            assertFalse(Files.exists(pidFile));
        } finally {
            unrelated.destroyForcibly().waitFor();
        }
    }

    @Test
    void ignoresAServerOfAnotherFolder() throws Exception {
        Process other = server(folder + "-other", "sleep 60; true");
        try {
            Files.writeString(folder.resolve("postmaster.pid"), other.pid() + "\n");

            OrphanedDatabase.end(folder);

            assertTrue(other.isAlive());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void serverThatDoesNotStopWhenAskedIsKilled() throws Exception {
        Process stubborn = server(folder.toString(), "trap '' TERM; echo ready; sleep 60 & wait; wait");
        assertEquals("ready", stubborn.inputReader().readLine());
        Files.writeString(folder.resolve("postmaster.pid"), stubborn.pid() + "\n");

        OrphanedDatabase.end(folder);

        assertTrue(stubborn.waitFor(1, SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "no number\n", "99999999999999999999\n", "4194305\n"})
    void removesABrokenPidFileOfADeadServer(String content) throws IOException {
        Path pidFile = Files.writeString(folder.resolve("postmaster.pid"), content);

        OrphanedDatabase.end(folder);

        assertFalse(Files.exists(pidFile));
    }

    @Test
    void acceptsAFolderWithoutAPidFile() throws IOException {
        OrphanedDatabase.end(folder.resolve("not-there"));

        assertFalse(Files.exists(folder.resolve("not-there")));
    }

    /** A process that names the folder among its arguments, as the server does. */
    private static Process server(String directory, String script) throws IOException {
        return new ProcessBuilder("bash", "-c", script, "postgres", "-D", directory).start();
    }

    private static Process service(Path folder) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Service.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static String address(EmbeddedDatabase database) {
        return database.jdbcUrl() + "?user=" + database.user() + "&password=" + database.password();
    }

    private static String url(Process service) throws IOException {
        for (String line = service.inputReader().readLine();
                line != null;
                line = service.inputReader().readLine()) {
            if (line.startsWith("at ")) {
                return line.substring(3);
            }
        }
        throw new AssertionError("the database did not start");
    }

    private static ProcessHandle server(Path directory) throws IOException {
        String pid = Files.readAllLines(directory.resolve("postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void execute(String url, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private static String ask(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
