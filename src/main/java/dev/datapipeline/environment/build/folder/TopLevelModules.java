package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.install.InstalledFile;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The modules of an environment that a script would import, as their files tell. */
final class TopLevelModules {
    private static final int MOST = 200;
    private static final Pattern PACKAGE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)/__init__\\.py");
    private static final Pattern NESTED =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)/([A-Za-z_][A-Za-z0-9_]*)/__init__\\.py");
    private static final Pattern MODULE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(\\.[A-Za-z0-9_-]+)?\\.(py|so)");

    /** Names that packages leave behind by mistake. */
    private static final Set<String> NOT_FOR_SCRIPTS =
            Set.of("test", "tests", "docs", "examples", "benchmarks", "setup");

    private TopLevelModules() {}

    /** Sorted; of a namespace that several packages share, the packages in it. */
    static List<String> of(Collection<InstalledFile> files) {
        TreeSet<String> modules = new TreeSet<>();
        TreeSet<String> nested = new TreeSet<>();
        for (InstalledFile file : files) {
            add(match(PACKAGE, file.path()), modules);
            add(match(MODULE, file.path()), modules);
            Matcher inner = NESTED.matcher(file.path());
            if (inner.matches()) {
                nested.add(inner.group(1) + "." + inner.group(2));
            }
        }
        nested.removeIf(name -> modules.contains(name.substring(0, name.indexOf('.'))) || isLeft(name));
        modules.addAll(nested);
        return modules.stream().limit(MOST).toList();
    }

    private static boolean isLeft(String nested) {
        return NOT_FOR_SCRIPTS.contains(nested.substring(0, nested.indexOf('.')));
    }

    private static void add(@Nullable String name, Set<String> modules) {
        if (name != null && !NOT_FOR_SCRIPTS.contains(name) && !Objects.equals(name, "__init__")) {
            modules.add(name);
        }
    }

    private static @Nullable String match(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
