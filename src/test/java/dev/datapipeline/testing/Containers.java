package dev.datapipeline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** The containers of the service under test, as the Docker engine lists them. */
public final class Containers {
    private Containers() {}

    /** Sandboxes that a run has used and that are still there: each has left a file of results named after it. */
    public static List<String> ofRun(SubmittedRun run) throws IOException, InterruptedException {
        List<String> listed = list();
        return sandboxes(run).stream()
                .filter(sandbox -> listed.stream().anyMatch(sandbox::equals))
                .toList();
    }

    /** Ids of the sandboxes that a run has used. */
    public static List<String> sandboxes(SubmittedRun run) throws IOException {
        Path results = dataFolder().resolve("blobs/runs").resolve(run.id());
        if (Files.notExists(results)) {
            return List.of();
        }
        try (Stream<Path> segments = Files.list(results)) {
            return segments.map(segment -> segment.getFileName().toString()).toList();
        }
    }

    public static Path dataFolder() {
        return Path.of(ConfigProvider.getConfig().getValue("datapipeline.data.directory", String.class));
    }

    /** Sandboxes in which a process of this name runs; a script takes a name by {@code prctl}. */
    public static List<String> withProcess(String name) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (String line : ofInstallation("{{.ID}} {{.Label \"dev.datapipeline.sandbox\"}}")) {
            String[] idAndSandbox = line.split(" ");
            if (docker("top", idAndSandbox[0], "-eo", "pid,comm").lines().stream()
                    .anyMatch(process -> process.endsWith(" " + name))) {
                found.add(idAndSandbox[1]);
            }
        }
        return found;
    }

    /** Sandboxes of the service under test, warm ones included. */
    public static List<String> list() throws IOException, InterruptedException {
        return ofInstallation("{{.Label \"dev.datapipeline.sandbox\"}}");
    }

    private static List<String> ofInstallation(String format) throws IOException, InterruptedException {
        String installation =
                Files.readString(dataFolder().resolve("installation")).strip();
        String label = "label=dev.datapipeline.installation=" + installation;
        Output listed = docker("ps", "--all", "--filter", label, "--format", format);
        if (listed.status() != 0) {
            throw new IOException("docker ps failed");
        }
        return listed.lines();
    }

    private record Output(int status, List<String> lines) {}

    private static Output docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process docker = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = docker.inputReader().lines().toList();
        return new Output(docker.waitFor(), lines);
    }
}
