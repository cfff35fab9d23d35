package dev.datapipeline.environment.index.project;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.project.SeenFile.Verdict;
import dev.datapipeline.environment.index.upstream.RemoteIndex;
import dev.datapipeline.environment.requirement.syntax.PackageName;
import dev.datapipeline.environment.version.Version;
import dev.datapipeline.environment.wheel.WheelName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Decides which files of an index pip may see. */
final class FilePolicy {
    private final Set<String> usableTags;
    private final Instant now;

    /** @param usableTags of wheels; empty where they are not known: pip decides then */
    FilePolicy(Set<String> usableTags, Instant now) {
        this.usableTags = usableTags;
        this.now = now;
    }

    /** @return empty for a file of another project, which has no business on this page */
    Optional<SeenFile> judge(IndexFile file, String project, Optional<RemoteIndex> index) {
        Optional<WheelName> wheel = WheelName.of(file.filename());
        if (wheel.isEmpty()) {
            boolean isSources = !file.filename().endsWith(".whl");
            return isSources
                    ? Optional.of(
                            new SeenFile(file, wheel, versionOfSources(file.filename(), project), Verdict.SOURCES))
                    : Optional.empty();
        }
        return wheel.filter(name -> name.project().equals(project))
                .map(name -> new SeenFile(file, wheel, Optional.of(name.version()), judge(file, name, index)));
    }

    private Verdict judge(IndexFile file, WheelName wheel, Optional<RemoteIndex> index) {
        if (!usableTags.isEmpty() && !wheel.fits(usableTags)) {
            return Verdict.OTHER_TARGET;
        }
        if (file.sha256().isEmpty()
                && !index.filter(from -> from.mayLackSha256(file)).isPresent()) {
            return Verdict.NO_HASH;
        }
        Duration minimumAge = index.map(RemoteIndex::minimumAge).orElse(Duration.ZERO);
        if (minimumAge.isZero()) {
            return Verdict.OFFERED;
        }
        if (file.uploaded() == null) {
            return Verdict.NO_UPLOAD_TIME;
        }
        return file.uploaded().plus(minimumAge).isAfter(now) ? Verdict.TOO_NEW : Verdict.OFFERED;
    }

    /** Names of sources are not made for being read: what stands behind the name of the project should be the version. */
    private static Optional<Version> versionOfSources(String filename, String project) {
        String stem = filename.replaceFirst("(?i)\\.(?:zip|tgz|tar\\.(?:gz|bz2|xz))$", "");
        for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
            if (PackageName.normalised(stem.substring(0, dash)).equals(project)) {
                return Version.of(stem.substring(dash + 1));
            }
        }
        return Optional.empty();
    }
}
