package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.install.InstalledFile;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Environments below one folder, each with a manifest beside it. What is not finished has a name of its own, and becomes an environment by one
 * rename, after its manifest is durable. Its files are not: after a power cut the manifest tells that they are gone.
 */
@Singleton
final class FileEnvironmentFolders implements EnvironmentFolders {
    private static final Logger LOG = Logger.getLogger(FileEnvironmentFolders.class);
    private static final String STAGING = "staging-";
    private static final String MANIFEST = ".manifest";

    private final Path parent;
    private final FolderNames names;

    FileEnvironmentFolders(EnvironmentMountConfig config) throws IOException {
        parent = config.directory().toAbsolutePath().normalize();
        Files.createDirectories(parent);
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        names = FolderNames.of(parent.resolveSibling(parent.getFileName() + ".secret"));
    }

    /** The name of the folder of a lock. */
    String name(String lockKey) {
        return names.name(lockKey);
    }

    /** Makes an empty folder for an attempt to build an environment; what is left of an earlier one under this name is removed. */
    String stage(UUID environment, int attempt) throws IOException {
        String name = STAGING + names.name(STAGING + environment + "/" + attempt);
        remove(parent.resolve(name));
        Files.createDirectory(parent.resolve(name));
        Files.setPosixFilePermissions(parent.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        return name;
    }

    Path place(String folder) {
        return parent.resolve(folder);
    }

    /** Makes an environment of a folder that is staged, in place of one that is not intact. */
    void publish(String staged, String folder, Collection<InstalledFile> files) throws IOException {
        delete(folder);
        Manifest.of(files).write(manifest(folder));
        Files.move(parent.resolve(staged), parent.resolve(folder), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    @Override
    public boolean isIntact(String folder) {
        Path place = parent.resolve(folder);
        try {
            return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                    && Manifest.read(manifest(folder)).matches(place);
        } catch (IOException unreadable) {
            LOG.debugf("An environment is not intact: %s", unreadable);
            return false;
        }
    }

    /** Bytes of the files of an environment, as its manifest says. */
    long size(String folder) throws IOException {
        return Manifest.read(manifest(folder)).size();
    }

    @Override
    public void delete(String folder) throws IOException {
        Files.deleteIfExists(manifest(folder));
        remove(parent.resolve(folder));
    }

    @Override
    public void sweepStaging() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, STAGING + "*")) {
            for (Path entry : entries) {
                remove(entry);
            }
        }
    }

    private Path manifest(String folder) {
        return parent.resolve(folder + MANIFEST);
    }

    private static void remove(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(root, new Removal());
        }
    }

    /** Removes folders that are read-only. */
    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
