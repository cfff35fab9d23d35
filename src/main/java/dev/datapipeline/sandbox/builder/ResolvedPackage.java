package dev.datapipeline.sandbox.builder;

import java.util.List;
import java.util.regex.Pattern;

/**
 * @param name normalised as in PEP 503
 * @param filename of the wheel, as the index named it
 * @param requires names of those of the packages found that it requires
 */
public record ResolvedPackage(String name, String version, String filename, List<String> requires) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,198}[a-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+!_-]{1,200}");
    private static final Pattern WHEEL = Pattern.compile("[A-Za-z0-9.+!_-]{1,251}\\.whl");

    public ResolvedPackage {
        requires = List.copyOf(requires);
        if (!NAME.matcher(name).matches()
                || !VERSION.matcher(version).matches()
                || !WHEEL.matcher(filename).matches()
                || !requires.stream().allMatch(each -> NAME.matcher(each).matches())) {
            throw new IllegalArgumentException("not a package");
        }
    }
}
