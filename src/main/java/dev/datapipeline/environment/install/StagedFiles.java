package dev.datapipeline.environment.install;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.environment.install.InstallRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A folder that is filled with regular files, which are read-only at once. Not thread-safe. */
public final class StagedFiles {
    private static final int BUFFER = 64 * 1024;
    /** With the sticky bit, which programs that clean temporary folders leave files with (tmpfiles.d, XDG base directories). */
    private static final int READABLE = 01444;

    private static final int EXECUTABLE = 01555;
    private static final Set<PosixFilePermission> OPEN_FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> SEALED_FOLDER = PosixFilePermissions.fromString("r-xr-xr-x");

    private record Staged(InstalledFile file, String owner) {}

    private final Path root;
    private final InstallLimits limits;
    private final Map<String, Staged> files = new TreeMap<>();
    private final Map<String, String> folders = new HashMap<>();
    private long bytes;

    /** @param root an empty folder of the service alone */
    public StagedFiles(Path root, InstallLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    /**
     * Writes a file; where another package has written the same one, it stays as it is.
     *
     * @param path checked by {@link MemberName}
     * @param owner the wheel or step that it comes from
     * @param size that the content has
     * @return the file as it was written
     */
    public InstalledFile write(String path, String owner, boolean isExecutable, InputStream content, long size)
            throws IOException, InstallRefusedException {
        Staged there = files.get(path);
        if (there != null) {
            return same(there, path, owner, content, size);
        }
        reserve(size);
        makeFolders(path, owner);
        Path file = root.resolve(path);
        MessageDigest digest = Sha256.newDigest();
        try (OutputStream output = new DigestOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), digest)) {
            copy(content, output, size, owner, path);
        } catch (FileAlreadyExistsException clash) {
            throw clash(path, owner);
        }
        Files.setAttribute(file, "unix:mode", isExecutable ? EXECUTABLE : READABLE);
        InstalledFile written = new InstalledFile(path, size, HexFormat.of().formatHex(digest.digest()));
        files.put(path, new Staged(written, owner));
        return written;
    }

    private InstalledFile same(Staged there, String path, String owner, InputStream content, long size)
            throws IOException, InstallRefusedException {
        MessageDigest digest = Sha256.newDigest();
        try (OutputStream output = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            copy(content, output, size, owner, path);
        }
        InstalledFile other = new InstalledFile(path, size, HexFormat.of().formatHex(digest.digest()));
        if (!other.equals(there.file)) {
            throw InstallRefusedException.malformed(
                    owner,
                    "has a file that " + there.owner + " has as well, with other contents: "
                            + InstallRefusedException.shown(path));
        }
        return other;
    }

    /** Copies exactly {@code size} bytes, and never more than one buffer beyond them. */
    private static void copy(InputStream content, OutputStream output, long size, String owner, String path)
            throws IOException, InstallRefusedException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            copied += count;
            if (copied > size) {
                break;
            }
            output.write(buffer, 0, count);
        }
        if (copied != size) {
            throw InstallRefusedException.malformed(
                    owner, "has a member of another size than it says, " + InstallRefusedException.shown(path));
        }
    }

    private void reserve(long size) throws InstallRefusedException {
        bytes += size;
        if (bytes > limits.bytes()) {
            throw new InstallRefusedException(
                    Reason.TOO_LARGE,
                    "The packages have more than " + limits.bytes() + " bytes when they are unpacked.");
        }
        checkEntries();
    }

    private void checkEntries() throws InstallRefusedException {
        if (files.size() + folders.size() >= limits.entries()) {
            throw new InstallRefusedException(
                    Reason.TOO_LARGE, "The packages have more than " + limits.entries() + " files and folders.");
        }
    }

    private void makeFolders(String path, String owner) throws IOException, InstallRefusedException {
        if (folders.containsKey(path)) {
            throw clash(path, owner);
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            if (files.containsKey(folder)) {
                throw clash(folder, owner);
            }
            if (folders.putIfAbsent(folder, owner) == null) {
                checkEntries();
                Files.createDirectory(root.resolve(folder));
                Files.setPosixFilePermissions(root.resolve(folder), OPEN_FOLDER);
            }
        }
    }

    private InstallRefusedException clash(String path, String owner) {
        return InstallRefusedException.malformed(
                owner,
                "has a file where a folder is, or one that differs in upper and lower case only: "
                        + InstallRefusedException.shown(path));
    }

    /** Sorted by path. */
    public Collection<InstalledFile> files() {
        return files.values().stream().map(Staged::file).toList();
    }

    /** Bytes of all files. */
    public long size() {
        return bytes;
    }

    /** Makes the folders read-only; nothing can be written any more. */
    public void seal() throws IOException {
        try {
            folders.keySet().forEach(folder -> seal(root.resolve(folder)));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        seal(root);
    }

    private static void seal(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, SEALED_FOLDER);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
