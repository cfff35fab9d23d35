package dev.datapipeline.environment.index.refusal;

import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.index.project.SeenFile;
import dev.datapipeline.environment.index.refusal.PackageRefusal.Code;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.requirement.Requirement;
import dev.datapipeline.environment.version.Specifiers;
import dev.datapipeline.environment.version.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why there is nothing for a requirement, from what the indexes had. */
public final class RefusalTexts {
    private final DeclaredPackages declared;
    private final PythonTarget target;
    private final Supplier<Set<String>> stored;

    /** @param stored names of packages that have wheels on this machine */
    public RefusalTexts(DeclaredPackages declared, PythonTarget target, Supplier<Set<String>> stored) {
        this.declared = declared;
        this.target = target;
        this.stored = stored;
    }

    /** What is wrong before any index is asked: scripts for another Python. */
    public Optional<PackageRefusal> refusalOfPython() {
        String stated = declared.requiresPython().orElse("");
        return Specifiers.tryOf(stated)
                .filter(specifiers -> !allows(specifiers))
                .map(specifiers -> new PackageRefusal(
                        Code.PYTHON_MISMATCH,
                        "The scripts need Python " + stated + " (requires-python), and the sandbox has Python "
                                + target.python() + "."));
    }

    /**
     * @param requirement that pip names; empty where it names none: all that was asked for is looked at then
     * @param found what the indexes had, by name
     */
    public Optional<PackageRefusal> refusal(Optional<String> requirement, Map<String, Project> found) {
        Optional<WantedVersions> wanted = requirement.flatMap(WantedVersions::of);
        if (wanted.isPresent()) {
            return refusal(wanted.get(), found);
        }
        Stream<WantedVersions> ofUser = declared.lines().stream().flatMap(line -> WantedVersions.of(line).stream());
        Stream<WantedVersions> ofPackages = found.keySet().stream().flatMap(name -> WantedVersions.of(name).stream());
        return Stream.concat(ofUser, ofPackages)
                .flatMap(any -> refusal(any, found).stream())
                .findFirst();
    }

    private Optional<PackageRefusal> refusal(WantedVersions wanted, Map<String, Project> found) {
        Project project = found.get(wanted.name());
        if (project == null) {
            return Optional.empty();
        }
        if (project.isForbidden()) {
            return refuse(
                    Code.PACKAGE_FORBIDDEN,
                    wanted,
                    "is forbidden by the administrator (datapipeline.environment.forbidden)");
        }
        if (!project.isFound()) {
            return refuse(Code.PACKAGE_NOT_FOUND, wanted, "is known to no package index." + suggestion(wanted, found));
        }
        List<SeenFile> fitting = fitting(wanted, project);
        return fitting.isEmpty()
                ? refuse(Code.PACKAGE_NOT_FOUND, wanted, noVersion(project))
                : new FileReasons(project, fitting, wanted.specifiers(), target)
                        .reason()
                        .flatMap(reason -> refuse(reason.code(), wanted, reason.text()));
    }

    private static List<SeenFile> fitting(WantedVersions wanted, Project project) {
        return project.files().stream()
                .filter(file ->
                        file.version().filter(wanted.specifiers()::match).isPresent())
                .toList();
    }

    private static String noVersion(Project project) {
        Optional<Version> newest = project.files().stream()
                .flatMap(file -> file.version().stream())
                .max(Version::compareTo);
        return newest.map(version -> "has no such version; the newest is " + version)
                .orElse("has no files at all");
    }

    private String suggestion(WantedVersions wanted, Map<String, Project> found) {
        Set<String> known = new TreeSet<>(stored.get());
        found.values().stream().filter(Project::isFound).map(Project::name).forEach(known::add);
        List<String> near = NearestNames.of(wanted.name(), known);
        return near.isEmpty() ? " Look at its spelling" : " Do you mean " + String.join(" or ", near) + "?";
    }

    private Optional<PackageRefusal> refuse(Code code, WantedVersions wanted, String reason) {
        String origins = declared.requirements().stream()
                .filter(requirement -> requirement.name().equals(wanted.name()))
                .map(Requirement::origin)
                .map(origin -> origin.label())
                .distinct()
                .collect(Collectors.joining(" and "));
        String place = origins.isEmpty() ? "" : " (" + origins + ")";
        String end = reason.endsWith("?") || reason.endsWith(".") ? "" : ".";
        return Optional.of(new PackageRefusal(code, wanted.text() + place + " " + reason + end));
    }

    private boolean allows(Specifiers specifiers) {
        return Version.of(target.python()).map(specifiers::match).orElse(true);
    }
}
