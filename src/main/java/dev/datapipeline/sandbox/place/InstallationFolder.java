package dev.datapipeline.sandbox.place;

import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.storage.FolderRemoval;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The folder of one installation in a folder that everybody can write to. A file in it, which only this user can read, says where the data
 * folder of the installation is, and is locked as long as a process uses it: so folders of installations that are gone can be removed.
 */
final class InstallationFolder implements Closeable {
    private static final Logger LOG = Logger.getLogger(InstallationFolder.class);
    private static final String PREFIX = "datapipeline-";
    private static final String OWNER = "owner";
    private static final int ID_CHARACTERS = 8;
    private static final int MAX_OWNER_BYTES = 8 * 1024;
    private static final FileAttribute<Set<PosixFilePermission>> PASSABLE = attribute("rwx--x--x");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE = attribute("rw-------");
    /** With the sticky bit, which programs that clean temporary folders leave files with (tmpfiles.d, XDG base directories). */
    private static final int PRIVATE_AND_KEPT = 01600;

    private final Path path;
    private final FileChannel owner;

    private InstallationFolder(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /** Who uses a folder. */
    private record Installation(Path file, String id) {
        static Installation read(FileChannel channel) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(MAX_OWNER_BYTES);
            channel.read(bytes, 0);
            String[] lines =
                    StandardCharsets.UTF_8.decode(bytes.flip()).toString().split("\n", 2);
            return new Installation(Path.of(lines[0]), lines.length == 2 ? lines[1].strip() : "");
        }

        void write(FileChannel channel) throws IOException {
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(file + "\n" + id + "\n"), 0);
        }

        /** Whether its data folder is still there. One that must not be looked at may be. */
        boolean isThere() {
            try {
                return !id.isEmpty() && Files.readString(file).strip().equals(id);
            } catch (NoSuchFileException | NotDirectoryException gone) {
                return false;
            } catch (IOException unknown) {
                return true;
            }
        }
    }

    /**
     * Makes the folder of this installation, or takes the one that it has.
     *
     * @param file with the id of the installation, in its data folder
     * @throws IOException it cannot be used; another process may have it
     */
    static InstallationFolder claim(Path parent, ServiceInstance instance, Path file) throws IOException {
        Path path = parent.resolve(PREFIX + instance.id().substring(0, ID_CHARACTERS));
        try {
            Files.createDirectory(path, PASSABLE);
        } catch (FileAlreadyExistsException usual) {
            // Every start but the first.
        }
        if (!isOwn(path)) {
            throw new IOException(path + " belongs to another user");
        }
        Files.setPosixFilePermissions(path, PASSABLE.value());
        FileChannel owner = locked(path);
        boolean isTaken = false;
        try {
            take(owner, new Installation(file.toAbsolutePath().normalize(), instance.id()), path);
            Files.setAttribute(path.resolve(OWNER), "unix:mode", PRIVATE_AND_KEPT);
            isTaken = true;
            return new InstallationFolder(path, owner);
        } finally {
            if (!isTaken) {
                owner.close();
            }
        }
    }

    private static void take(FileChannel owner, Installation wanted, Path path) throws IOException {
        Installation found = Installation.read(owner);
        if (found.equals(wanted)) {
            return;
        }
        if (found.isThere()) {
            throw new IOException(path + " belongs to the installation of " + found.file());
        }
        wanted.write(owner);
    }

    /** In a folder that everybody can write to, somebody else may have made this one, or a link. */
    private static boolean isOwn(Path folder) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static FileChannel locked(Path folder) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(folder.resolve(OWNER), options, PRIVATE);
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            LOG.debugf("%s is used by this process already", folder);
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new IOException(folder + " is used by another process");
        }
        return channel;
    }

    Path path() {
        return path;
    }

    /** Removes folders of installations of this user whose data folders are gone. */
    void removeOfOthers() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(path.resolveSibling(""), PREFIX + "????????")) {
            for (Path folder : folders) {
                if (!folder.equals(path)) {
                    removeIfGone(folder);
                }
            }
        } catch (IOException failed) {
            LOG.debugf("Folders of other installations were not looked at: %s", failed.getMessage());
        }
    }

    private static void removeIfGone(Path folder) {
        try {
            if (!isOwn(folder) || !Files.exists(folder.resolve(OWNER), LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            try (FileChannel owner = locked(folder)) {
                if (!Installation.read(owner).isThere()) {
                    FolderRemoval.remove(folder);
                    LOG.infof("%s is removed, the installation it was for is gone", folder);
                }
            }
        } catch (AccessDeniedException foreign) {
            LOG.debugf("%s is not ours", folder);
        } catch (IOException inUse) {
            LOG.debugf("A folder of another installation stays: %s", inUse.getMessage());
        }
    }

    /** Another process may take the folder. */
    @Override
    public void close() throws IOException {
        owner.close();
    }
}
