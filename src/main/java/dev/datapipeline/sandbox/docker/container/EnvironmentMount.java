package dev.datapipeline.sandbox.docker.container;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import dev.datapipeline.sandbox.EnvironmentDirectory;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.engine.protocol.EngineDocuments;
import dev.datapipeline.sandbox.place.MountOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder of the environments, which every container has read-only: so a sandbox can use one that was built after it started. Others than
 * the service can pass through it but not list it.
 */
public final class EnvironmentMount {
    private final Path folder;
    private final Optional<String> volume;
    private final boolean isVisible;
    private final long builderMemory;

    /** Makes the folder. */
    public EnvironmentMount(EnvironmentMountConfig config, SandboxConfig sandboxes, EnvironmentDirectory directory)
            throws IOException {
        folder = directory.path();
        volume = config.volume();
        builderMemory = config.builderMemory().asLongValue();
        isVisible = volume.isPresent() || sandboxes.socketVolume().isEmpty();
        make();
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** Bytes of memory of a container in which environments are prepared. */
    long builderMemory() {
        return builderMemory;
    }

    /** Empty where the Docker engine cannot see the folder. */
    Optional<Mount> mount() {
        if (!isVisible) {
            return Optional.empty();
        }
        Mount mount = volume.map(name -> new Mount().withType(MountType.VOLUME).withSource(name))
                .orElseGet(() -> new Mount().withType(MountType.BIND).withSource(folder.toString()));
        return Optional.of(mount.withTarget(EngineDocuments.ENVIRONMENTS).withReadOnly(true));
    }

    /** Why scripts cannot use packages, and what to do about it. */
    public Optional<String> trouble() {
        if (!isVisible) {
            return Optional.of("The service runs in a container, and the Docker engine does not see the folder of the"
                    + " environments. Mount a named volume at " + folder
                    + " and set datapipeline.environment.volume to its name.");
        }
        if (MountOptions.of(folder).contains("noexec")) {
            return Optional.of(
                    "The folder of the environments, " + folder + ", is on a file system that is mounted with"
                            + " noexec: packages with native modules cannot be imported from there. Mount it without, or set"
                            + " datapipeline.environment.directory to another folder.");
        }
        return Optional.empty();
    }
}
