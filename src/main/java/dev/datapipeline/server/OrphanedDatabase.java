package dev.datapipeline.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The database server that a killed service left running on its folder. */
final class OrphanedDatabase {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private OrphanedDatabase() {}

    /** Ends the server of this very folder, if one runs, and forgets whatever was written down about it. */
    static void end(Path directory) throws IOException {
        Path pidFile = directory.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> server = processId(pidFile)
                .flatMap(ProcessHandle::of)
                .filter(process -> process.isAlive() && serves(process, directory));
        if (server.isPresent()) {
            end(server.get());
        }
        Files.deleteIfExists(pidFile);
    }

    /** Empty when the file was cut off by a crash. */
    private static Optional<Long> processId(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(lines.get(0).trim()));
        } catch (NumberFormatException broken) {
            return Optional.empty();
        }
    }

    /** The number of a process that died may belong to any other by now. */
    private static boolean serves(ProcessHandle process, Path directory) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(directory.toString()))
                .orElse(false);
    }

    /** Asks first, which lets it write everything down, then does not ask. */
    private static void end(ProcessHandle server) {
        List<ProcessHandle> sessions = server.descendants().toList();
        server.destroy();
        if (isOverSoon(server)) {
            return;
        }
        server.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
        server.onExit().join();
        CompletableFuture.allOf(sessions.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .join();
    }

    private static boolean isOverSoon(ProcessHandle server) {
        return server.onExit()
                .handle((ended, failed) -> true)
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
