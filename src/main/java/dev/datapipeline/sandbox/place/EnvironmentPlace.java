package dev.datapipeline.sandbox.place;

import dev.datapipeline.sandbox.EnvironmentDirectory;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.ServiceInstance;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the folder of the environments: by the settings, else one in {@code /var/tmp} that is named by the installation. Where that cannot be
 * used, and where volumes are mounted because the service is in a container, it is one in the data folder.
 */
public final class EnvironmentPlace implements Closeable {
    private static final Logger LOG = Logger.getLogger(EnvironmentPlace.class);
    private static final Path SHARED = Path.of("/var/tmp");

    private final EnvironmentDirectory directory;
    private final @Nullable InstallationFolder folder;

    private EnvironmentPlace(EnvironmentDirectory directory, @Nullable InstallationFolder folder) {
        this.directory = directory;
        this.folder = folder;
    }

    public static EnvironmentPlace of(
            EnvironmentMountConfig config, SandboxConfig sandboxes, ServiceInstance instance) {
        return of(config, sandboxes, instance, SHARED);
    }

    /** @param shared folder that everybody can write to, and that outlives a start of the machine */
    static EnvironmentPlace of(
            EnvironmentMountConfig config, SandboxConfig sandboxes, ServiceInstance instance, Path shared) {
        Path installation = sandboxes.installationFile().toAbsolutePath().normalize();
        Path secret = installation.resolveSibling("environments.secret");
        Path inside = installation.resolveSibling("environments");
        Optional<Path> configured = config.directory().map(Path::toAbsolutePath).map(Path::normalize);
        boolean isInContainer =
                config.volume().isPresent() || sandboxes.socketVolume().isPresent();
        if (configured.isPresent() || isInContainer) {
            Path path = configured.orElse(inside);
            return new EnvironmentPlace(new EnvironmentDirectory(path, secret, former(inside, path)), null);
        }
        try {
            requireUsable(shared);
            InstallationFolder folder = InstallationFolder.claim(shared, instance, installation);
            folder.removeOfOthers();
            return new EnvironmentPlace(
                    new EnvironmentDirectory(folder.path(), secret, former(inside, folder.path())), folder);
        } catch (IOException unusable) {
            LOG.warnf(
                    "Packages of scripts are kept in %s, whose path scripts can read: %s."
                            + " Set datapipeline.environment.directory to a folder whose path tells nothing.",
                    inside, unusable.getMessage());
            return new EnvironmentPlace(new EnvironmentDirectory(inside, secret, Optional.empty()), null);
        }
    }

    private static Optional<Path> former(Path inside, Path path) {
        return Optional.of(inside).filter(other -> !other.equals(path));
    }

    private static void requireUsable(Path shared) throws IOException {
        Set<String> options = MountOptions.of(shared);
        if (options.contains("noexec") || options.contains("ro")) {
            throw new IOException(shared + " is mounted read-only or with noexec");
        }
        if (MountOptions.isPrivate(shared)) {
            throw new IOException(
                    shared + " is one of this unit of systemd alone (PrivateTmp), which Docker does not see");
        }
    }

    public EnvironmentDirectory directory() {
        return directory;
    }

    /** Another process of the same installation may use the folder. */
    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
