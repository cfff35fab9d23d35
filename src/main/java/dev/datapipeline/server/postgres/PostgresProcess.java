package dev.datapipeline.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class PostgresProcess {
    static final String PID_FILE = "postmaster.pid";

    private PostgresProcess() {}

    /** The server of this very folder, if it runs. */
    static Optional<ProcessHandle> of(Path directory) throws IOException {
        return processId(directory.resolve(PID_FILE))
                .flatMap(ProcessHandle::of)
                .filter(process -> runs(process) && serves(process, directory));
    }

    /** False for zombies: alive to the kernel, but without a command. */
    static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** The sessions that a killed server left behind; they end by themselves only between two statements. */
    static Stream<ProcessHandle> leftBehind(Path directory) {
        return ProcessHandle.allProcesses().filter(process -> worksIn(process, directory));
    }

    /** Empty when there is no pid file, or a crash truncated it. */
    private static Optional<Long> processId(Path pidFile) throws IOException {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(lines.get(0).trim()));
        } catch (NoSuchFileException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Checks the arguments, since the pid of a dead process may have been reused. */
    private static boolean serves(ProcessHandle process, Path directory) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(directory.toString()))
                .orElse(false);
    }

    private static boolean worksIn(ProcessHandle process, Path directory) {
        Path works = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(works.resolve("exe")).endsWith("postgres")
                    && Files.readSymbolicLink(works.resolve("cwd")).equals(directory.toRealPath());
        } catch (IOException gone) {
            // The process has ended or belongs to another user.
            return false;
        }
    }
}
