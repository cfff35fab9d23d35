package dev.datapipeline.sandbox.docker.socket;

import dev.datapipeline.sandbox.ServiceInstance;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where the sockets of sandboxes lie, one folder for each, all under a folder of this installation. Names cannot be guessed and the
 * folder above cannot be listed: who was not told the path of a socket does not find it. Thread-safe.
 */
public final class SocketDirectory implements Closeable {
    private static final String NAME = "datapipeline";

    /** The kernel's bound on the path of a socket, less the zero at its end. */
    private static final int LONGEST_PATH = 107;

    private static final int RANDOM_BYTES = 16;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    /** Empties the folder of this installation: what lies in it is left over from a process that died. */
    public SocketDirectory(Optional<Path> configured, ServiceInstance installation) throws IOException {
        Path parent = configured.isPresent() ? prepared(configured.get()) : firstUsable();
        directory = parent.resolve(installation.id().substring(0, 8));
        removeLeftovers();
        open(directory);
    }

    /** Starts to listen in a new folder. */
    public SandboxSocket listen() throws IOException {
        byte[] name = new byte[RANDOM_BYTES];
        random.nextBytes(name);
        Path folder = directory.resolve(HexFormat.of().formatHex(name));
        Path socket = folder.resolve(SandboxSocket.FILE_NAME);
        if (socket.toString().length() > LONGEST_PATH) {
            throw new IOException("the path of a socket would have more than " + LONGEST_PATH
                    + " characters; set datapipeline.sandbox.socket-directory to a shorter one than " + directory);
        }
        // Whoever clears temporary folders may have taken ours while it was empty.
        open(prepared(directory));
        open(folder);
        return SandboxSocket.listen(folder);
    }

    /** The path of a folder of {@link #listen()} as seen from the folder above that of this installation. */
    public Path relative(Path folder) {
        Path parent = directory.getParent();
        return parent == null ? folder : parent.relativize(folder);
    }

    /** Removes the folder of this installation with whatever is left in it. */
    @Override
    public void close() throws IOException {
        removeLeftovers();
        Files.deleteIfExists(directory);
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory)) {
            for (Path folder : folders) {
                SandboxSocket.remove(folder);
            }
        } catch (NoSuchFileException none) {
            // The first start.
        }
    }

    private static Path firstUsable() throws IOException {
        IOException last = new IOException("no folder for sockets");
        for (Path candidate : candidates()) {
            try {
                return own(prepared(candidate));
            } catch (IOException unusable) {
                last = unusable;
            }
        }
        throw new IOException(
                "no folder for the sockets of sandboxes can be used; set datapipeline.sandbox.socket-directory"
                        + " to a short path that can",
                last);
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        candidates.add(Path.of("/run", NAME));
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null) {
            candidates.add(Path.of(runtime, NAME));
        }
        candidates.add(Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + System.getProperty("user.name")));
        return candidates;
    }

    /** In a folder that everybody writes to, another user may have been faster to make ours. */
    private static Path own(Path folder) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new IOException(folder + " belongs to another user");
        }
        return folder;
    }

    /** The absolute path of a folder that exists, is no link, and that this process can write. */
    private static Path prepared(Path wanted) throws IOException {
        Path folder = wanted.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            open(folder);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException("cannot write to " + folder);
        }
        return folder;
    }

    /** Makes a folder that others can pass through but not list, whatever the umask says. */
    private static void open(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
