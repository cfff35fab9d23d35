package dev.datapipeline.environment.build.folder;

import dev.datapipeline.sandbox.EnvironmentDirectory;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of the environments of a test. */
final class EnvironmentFolder {
    private EnvironmentFolder() {}

    /** With the secret for the names in it beside it. */
    static EnvironmentDirectory at(Path path) {
        return new EnvironmentDirectory(path, path.resolveSibling(path.getFileName() + ".secret"), Optional.empty());
    }
}
