package dev.datapipeline.server.postgres;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database is there as long as the service is. */
@Timeout(120)
class PostgresSupervisorTest {
    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void begin() throws IOException {
        directory = folder.resolve("postgresql");
        PostgresSupervisor.begin(directory, Path.of("target/postgresql-software"));
    }

    @AfterEach
    void stop() throws IOException {
        PostgresSupervisor.stopCurrent();
        assertFalse(PostgresProcess.of(directory).isPresent());
    }

    @Test
    void restartsAKilledServerWithItsPortAndData() throws Exception {
        EmbeddedDatabase database = PostgresSupervisor.awaitFirst();
        ProcessHandle killed = PostgresProcess.of(directory).orElseThrow();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select 42 as answer");
            killed.destroyForcibly();
        }

        eventually("the server is back", Duration.ofSeconds(20), () -> answers(database));

        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select answer from kept")) {
            row.next();
            assertEquals(42, row.getInt(1));
        }
        assertNotEquals(killed, PostgresProcess.of(directory).orElseThrow());
    }

    private static boolean answers(EmbeddedDatabase database) {
        try (Connection connection = connect(database)) {
            return connection.isValid(1);
        } catch (SQLException away) {
            return false;
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
