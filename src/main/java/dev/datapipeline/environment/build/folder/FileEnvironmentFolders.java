package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.install.InstalledFile;
import dev.datapipeline.sandbox.EnvironmentDirectory;
import dev.datapipeline.storage.FolderRemoval;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Environments below one folder, each with a manifest beside it. What is not finished has a name of its own, and becomes an environment by one
 * rename, after its manifest is durable. Its files are not: after a power cut the manifest tells that they are gone.
 */
@Singleton
final class FileEnvironmentFolders implements EnvironmentFolders {
    private static final Logger LOG = Logger.getLogger(FileEnvironmentFolders.class);
    private static final String STAGING = "staging-";
    private static final String MANIFEST = ".manifest";
    /** What this class makes; anything else in the folder is somebody else's. */
    private static final Pattern OWN = Pattern.compile("(staging-)?[0-9a-f]{64}(\\.manifest(\\.draft)?)?");

    private final Path parent;
    private final Optional<Path> former;
    private final FolderNames names;

    FileEnvironmentFolders(EnvironmentDirectory directory) throws IOException {
        parent = directory.path();
        former = directory.former();
        Files.createDirectories(parent);
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
        names = FolderNames.of(directory.secret());
    }

    /** The name of the folder of a lock. */
    String name(String lockKey) {
        return names.name(lockKey);
    }

    /** Makes an empty folder for an attempt to build an environment; what is left of an earlier one under this name is removed. */
    String stage(UUID environment, int attempt) throws IOException {
        String name = STAGING + names.name(STAGING + environment + "/" + attempt);
        FolderRemoval.remove(parent.resolve(name));
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
        FolderRemoval.remove(parent.resolve(folder));
    }

    @Override
    public void sweep(Set<String> lockKeys) throws IOException {
        Set<String> known = new HashSet<>();
        for (String lockKey : lockKeys) {
            String name = names.name(lockKey);
            known.add(name);
            known.add(name + MANIFEST);
        }
        sweep(parent, known);
        if (former.isPresent()) {
            sweep(former.get(), Set.of());
        }
    }

    private static void sweep(Path folder, Set<String> known) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (OWN.matcher(name).matches() && !known.contains(name)) {
                    FolderRemoval.remove(entry);
                }
            }
        } catch (NoSuchFileException none) {
            LOG.debugf("There is no folder %s", folder);
        }
    }

    @Override
    public long freeBytes() throws IOException {
        return Files.getFileStore(parent).getUsableSpace();
    }

    private Path manifest(String folder) {
        return parent.resolve(folder + MANIFEST);
    }
}
