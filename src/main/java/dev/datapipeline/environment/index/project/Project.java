package dev.datapipeline.environment.index.project;

import dev.datapipeline.environment.index.project.SeenFile.Verdict;
import dev.datapipeline.environment.index.upstream.RemoteIndex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one resolution sees of a project.
 *
 * @param name normalised
 * @param index name of the index that has it; empty where none has
 * @param remote empty for uploaded wheels and where no index has it
 * @param isForbidden by the settings; no index was asked then
 */
public record Project(
        String name, Optional<String> index, Optional<RemoteIndex> remote, List<SeenFile> files, boolean isForbidden) {
    public Project {
        files = List.copyOf(files);
    }

    public static Project unknown(String name) {
        return new Project(name, Optional.empty(), Optional.empty(), List.of(), false);
    }

    static Project forbidden(String name) {
        return new Project(name, Optional.empty(), Optional.empty(), List.of(), true);
    }

    public boolean isFound() {
        return index.isPresent();
    }

    public Stream<SeenFile> offered() {
        return files.stream().filter(file -> file.is(Verdict.OFFERED));
    }

    public Duration minimumAge() {
        return remote.map(RemoteIndex::minimumAge).orElse(Duration.ZERO);
    }
}
