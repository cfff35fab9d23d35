package dev.datapipeline.sandbox.engine.pipeline;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What an engine imports before it gets a pipeline.
 *
 * @param environment name of the folder with the packages
 * @param modules in the order of their import
 */
public record Priming(String environment, List<String> modules) {
    private static final int MAX_MODULES = 64;
    private static final int MAX_NAME = 200;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

    public Priming {
        modules = List.copyOf(modules);
        if (modules.isEmpty() || !areModules(modules)) {
            throw new IllegalArgumentException("not names of modules");
        }
    }

    /** Whether these can be names of modules, and are not too many. */
    public static boolean areModules(List<String> names) {
        return names.size() <= MAX_MODULES
                && names.stream()
                        .allMatch(name ->
                                name.length() <= MAX_NAME && NAME.matcher(name).matches());
    }
}
