package dev.datapipeline.server.postgres;

import dev.datapipeline.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The database server that a killed service left running on its folder. */
final class OrphanedDatabase {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long GLANCE_NANOSECONDS = Duration.ofMillis(20).toNanos();

    private OrphanedDatabase() {}

    /** Ends the server of this very folder, if one runs, with everything of it, and forgets whatever was written down about it. */
    static void end(Path directory) throws IOException {
        Path note = directory.resolve(PostgresProcess.NOTE);
        if (Files.notExists(note)) {
            return;
        }
        PostgresProcess.of(directory).ifPresent(OrphanedDatabase::end);
        // Two servers in one folder would destroy it, and the note is what keeps a second one out.
        PostgresProcess.leftBehind(directory).forEach(OrphanedDatabase::kill);
        Files.deleteIfExists(note);
    }

    /** Asks first, which lets it write everything down, then does not ask. */
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
        Deadline deadline = Deadline.in(PATIENCE);
        while (PostgresProcess.runs(process)) {
            if (deadline.isOver()) {
                return false;
            }
            LockSupport.parkNanos(GLANCE_NANOSECONDS);
        }
        return true;
    }
}
