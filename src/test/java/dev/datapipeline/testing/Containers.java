package dev.datapipeline.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static List<String> list() throws IOException, InterruptedException {
        String installation =
                Files.readString(dataFolder().resolve("installation")).strip();
        Process docker = new ProcessBuilder(
                        "docker",
                        "ps",
                        "--all",
                        "--filter",
                        "label=dev.datapipeline.installation=" + installation,
                        "--format",
                        "{{.Label \"dev.datapipeline.sandbox\"}}")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = docker.inputReader().lines().toList();
        if (docker.waitFor() != 0) {
            throw new IOException("docker ps failed");
        }
        return lines;
    }
}
