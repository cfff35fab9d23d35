package dev.datapipeline.server.postgres;

import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Ends a database server that a killed service left running on its folder. */
final class OrphanedDatabase {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long POLL_NANOSECONDS = Duration.ofMillis(20).toNanos();

    private OrphanedDatabase() {}

    /** Ends the server of this very folder, if one runs, with all its sessions, and removes its pid file. */
    static void end(Path directory) throws IOException {
        Path pidFile = directory.resolve(PostgresProcess.PID_FILE);
        if (Files.notExists(pidFile)) {
            return;
        }
        PostgresProcess.of(directory).ifPresent(OrphanedDatabase::end);
        // Two servers would destroy the folder, and only the pid file prevents a second one.
        PostgresProcess.leftBehind(directory).forEach(OrphanedDatabase::kill);
        Files.deleteIfExists(pidFile);
    }

    /** Asks the server to stop, which flushes its data, then kills it. */
    private static void end(ProcessHandle server) {
        List<ProcessHandle> sessions = server.descendants().toList();
        server.destroy();
        if (isOverSoon(server)) {
            return;
        }
        kill(server);
        sessions.forEach(OrphanedDatabase::kill);
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        isOverSoon(process);
    }

    private static boolean isOverSoon(ProcessHandle process) {
        Deadline deadline = Ticker.system().deadlineIn(TIMEOUT);
        while (PostgresProcess.runs(process)) {
            if (deadline.isOver()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOSECONDS);
        }
        return true;
    }
}
