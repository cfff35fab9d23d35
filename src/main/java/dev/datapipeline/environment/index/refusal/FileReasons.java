package dev.datapipeline.environment.index.refusal;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.index.project.SeenFile;
import dev.datapipeline.environment.index.project.SeenFile.Verdict;
import dev.datapipeline.environment.index.refusal.PackageRefusal.Code;
import dev.datapipeline.environment.version.Specifiers;
import dev.datapipeline.environment.version.Version;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why none of the files of the right versions can be used.
 *
 * @param files of the versions that are wanted, at least one
 */
record FileReasons(Project project, List<SeenFile> files, Specifiers wanted, PythonTarget target) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final int MOST_NAMES = 5;
    private static final Comparator<SeenFile> NEWEST_FIRST = Comparator.comparing(
                    (SeenFile file) -> file.version().orElseThrow())
            .reversed();

    /** @param text goes on behind the name of the package */
    record Reason(Code code, String text) {}

    /** @return empty where one of them can be used */
    Optional<Reason> reason() {
        if (files.stream().noneMatch(this::fitsPython)) {
            return Optional.of(otherPython());
        }
        List<SeenFile> offered = files.stream()
                .filter(file -> file.is(Verdict.OFFERED) && fitsPython(file))
                .toList();
        boolean isOneUsable = wanted.isPinned()
                ? !offered.isEmpty()
                : offered.stream().anyMatch(file -> file.file().yanked() == null);
        if (isOneUsable) {
            return Optional.empty();
        }
        return tooNew().or(this::withoutTime)
                .or(this::withoutHash)
                .or(() -> offered.isEmpty() ? Optional.of(noWheel()) : Optional.of(yanked(offered.getFirst())));
    }

    private Reason otherPython() {
        IndexFile newest = newest().file();
        return new Reason(
                Code.PYTHON_MISMATCH,
                "needs Python " + newest.requiresPython() + ", and the sandbox has Python " + target.python() + ": "
                        + newest.filename());
    }

    private Optional<Reason> tooNew() {
        return first(Verdict.TOO_NEW).map(file -> {
            Instant uploaded = file.file().uploaded();
            Instant from = (uploaded == null ? Instant.MAX : uploaded).plus(project.minimumAge());
            return new Reason(
                    Code.PACKAGE_TOO_NEW,
                    "is too new: " + file.file().filename() + " can be used from " + DAY.format(from) + " on, "
                            + project.minimumAge().toDays()
                            + " days after its upload (datapipeline.environment.minimum-age). Use an older version"
                            + " until then");
        });
    }

    private Optional<Reason> withoutTime() {
        return first(Verdict.NO_UPLOAD_TIME)
                .map(file -> new Reason(
                        Code.PACKAGE_TOO_NEW,
                        "may be too new: the package index \"" + indexName()
                                + "\" does not say when files were uploaded."
                                + " The administrator can set datapipeline.environment.indexes." + indexName()
                                + ".minimum-age to 0 for an index that he trusts"));
    }

    private Optional<Reason> withoutHash() {
        return first(Verdict.NO_HASH)
                .map(file -> new Reason(
                        Code.PACKAGE_HAS_NO_WHEEL,
                        "has no wheel that can be used: the package index \"" + indexName() + "\" states no SHA-256 of "
                                + file.file().filename()));
    }

    private Reason noWheel() {
        String names = files.stream()
                .sorted(NEWEST_FIRST)
                .limit(MOST_NAMES)
                .map(file -> file.file().filename())
                .collect(Collectors.joining(", "));
        String more = files.size() > MOST_NAMES ? " and " + (files.size() - MOST_NAMES) + " more" : "";
        return new Reason(
                Code.PACKAGE_HAS_NO_WHEEL,
                "has no wheel for Python " + target.python() + platform() + ", only " + names + more
                        + ". Build a wheel of it and upload that");
    }

    private Reason yanked(SeenFile file) {
        String yanked = file.file().yanked();
        String why = yanked == null || yanked.isBlank() ? "" : " (" + yanked + ")";
        return new Reason(
                Code.PACKAGE_NOT_FOUND,
                "has only versions that their author took back" + why + "; one of them can be named with ==");
    }

    /** The best tag names the platform. */
    private String platform() {
        return target.tags().isEmpty() ? "" : " on " + target.tags().getFirst().replaceFirst("^[^-]*-[^-]*-", "");
    }

    private String indexName() {
        return project.index().orElse("");
    }

    private boolean fitsPython(SeenFile file) {
        String stated = file.file().requiresPython();
        Optional<Version> python = Version.of(target.python());
        return stated == null
                || python.isEmpty()
                || Specifiers.tryOf(stated)
                        .map(specifiers -> specifiers.match(python.get()))
                        .orElse(true);
    }

    private Optional<SeenFile> first(Verdict verdict) {
        return files.stream()
                .filter(file -> file.is(verdict) && fitsPython(file))
                .min(Comparator.comparing((SeenFile file) ->
                        Optional.ofNullable(file.file().uploaded()).orElse(Instant.MAX)));
    }

    private SeenFile newest() {
        return files.stream().min(NEWEST_FIRST).orElseThrow();
    }
}
