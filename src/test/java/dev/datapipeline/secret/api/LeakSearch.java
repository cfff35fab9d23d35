package dev.datapipeline.secret.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.secret.SecretMask;
import dev.datapipeline.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Looks for a secret in its usual forms: in logs, the database, all files of the data folder, and containers. */
final class LeakSearch extends Handler {
    private final Rows rows;
    private final Path dataFolder;
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();

    LeakSearch(DataSource database, Path dataFolder) {
        this.rows = new Rows(database);
        this.dataFolder = dataFolder;
    }

    void begin() {
        Logger.getLogger("").addHandler(this);
    }

    void end() {
        Logger.getLogger("").removeHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        logged.add(entry.getMessage() + " " + Arrays.toString(entry.getParameters()) + " " + entry.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    void assertNone(String secret, String text) {
        assertEquals(text, new SecretMask(List.of(secret)).mask(text));
    }

    void assertNoneAnywhere(String secret) throws Exception {
        logged.forEach(line -> assertNone(secret, line));
        assertNone(
                secret,
                rows.row("select database_to_xml(true, false, '')::text").getFirst());
        // The files of the database are among them, and what it writes ahead.
        try (Stream<Path> files = Files.walk(dataFolder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertNone(secret, bytes(file));
            }
        }
        assertNone(secret, output("sh", "-c", "docker ps -q | xargs -r docker inspect"));
    }

    private static String bytes(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), ISO_8859_1) : "";
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }
}
