package dev.datapipeline.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the processes of the database server of a folder. */
final class PostgresProcess {
    static final String NOTE = "postmaster.pid";

    private PostgresProcess() {}

    /** The server of this very folder, if it runs. */
    static Optional<ProcessHandle> of(Path directory) throws IOException {
        return processId(directory.resolve(NOTE))
                .flatMap(ProcessHandle::of)
                .filter(process -> runs(process) && serves(process, directory));
    }

    /** Not so for one that is dead until its parent takes note, which has no program any more. */
    static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** What a server that was killed left running: its sessions, which end by themselves only between two statements. */
    static Stream<ProcessHandle> leftBehind(Path directory) {
        return ProcessHandle.allProcesses().filter(process -> worksIn(process, directory));
    }

    /** Empty when there is no note, or a crash cut it off. */
    private static Optional<Long> processId(Path note) throws IOException {
        try {
            List<String> lines = Files.readAllLines(note);
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.valueOf(lines.get(0).trim()));
        } catch (NoSuchFileException | NumberFormatException none) {
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

    private static boolean worksIn(ProcessHandle process, Path directory) {
        Path works = Path.of("/proc", Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(works.resolve("exe")).endsWith("postgres")
                    && Files.readSymbolicLink(works.resolve("cwd")).equals(directory.toRealPath());
        } catch (IOException gone) {
            // It ended while it was looked at, or belongs to somebody else.
            return false;
        }
    }
}
