package dev.datapipeline.environment.wheel;

import dev.datapipeline.environment.requirement.syntax.PackageName;
import dev.datapipeline.environment.version.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file name of a wheel (PEP 427), which says all that an installer needs to choose it.
 *
 * @param filename as it is spelt
 * @param project normalised name of the package
 * @param build empty where there is no build tag
 * @param python tags of Pythons
 * @param abi tags of binary interfaces
 * @param platform tags of platforms
 */
public record WheelName(
        String filename,
        String project,
        Version version,
        String build,
        List<String> python,
        List<String> abi,
        List<String> platform) {
    private static final int LONGEST = 255;
    private static final int MOST_TAGS = 100;
    private static final Pattern SYNTAX =
            Pattern.compile("(?<project>[A-Za-z0-9][A-Za-z0-9._]*)-(?<version>[A-Za-z0-9._+!]+)"
                    + "(?:-(?<build>[0-9][A-Za-z0-9._]*))?"
                    + "-(?<python>[A-Za-z0-9_.]+)-(?<abi>[A-Za-z0-9_.]+)-(?<platform>[A-Za-z0-9_.]+)\\.whl");
    private static final Pattern TAG_END = Pattern.compile("\\.");

    /** @return empty where it is no name of a wheel; whatever comes back has no slash and no blank in it */
    public static Optional<WheelName> of(String filename) {
        if (filename.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher parts = SYNTAX.matcher(filename);
        if (!parts.matches() || !PackageName.isValid(parts.group("project"))) {
            return Optional.empty();
        }
        String build = parts.group("build");
        return Version.of(parts.group("version"))
                .map(version -> new WheelName(
                        filename,
                        PackageName.normalised(parts.group("project")),
                        version,
                        build == null ? "" : build,
                        tags(parts.group("python")),
                        tags(parts.group("abi")),
                        tags(parts.group("platform"))))
                .filter(name -> name.numberOfTags() <= MOST_TAGS);
    }

    /** Every combination of its tags, such as {@code cp311-cp311-manylinux_2_17_x86_64}. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (String interpreter : python) {
            for (String binary : abi) {
                platform.forEach(system -> tags.add(interpreter + "-" + binary + "-" + system));
            }
        }
        return tags;
    }

    /** Whether it is for one that can use these tags. */
    public boolean fits(Collection<String> usable) {
        return tags().stream().anyMatch(usable::contains);
    }

    private int numberOfTags() {
        return python.size() * abi.size() * platform.size();
    }

    private static List<String> tags(String joined) {
        return List.of(TAG_END.split(joined));
    }
}
