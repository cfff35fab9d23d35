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

/** The folder in which each sandbox has one for its sockets. Names are random and cannot be listed by others. Thread-safe. */
public final class SocketDirectory implements Closeable {
    private static final String NAME = "datapipeline";

    /** The kernel's bound on the path of a socket, less the zero at its end. */
    private static final int MAX_PATH = 107;

    private static final int RANDOM_BYTES = 16;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    /** Empties the folder of this service, because what is in it was left by a process that died. */
    public SocketDirectory(Optional<Path> configured, ServiceInstance instance) throws IOException {
        Path parent = configured.isPresent() ? prepared(configured.get()) : firstUsable();
        directory = parent.resolve(instance.id().substring(0, 8));
        removeLeftovers();
        open(directory);
    }

    /** Makes the folder of a new sandbox. */
    public SandboxFolder newFolder() throws IOException {
        byte[] name = new byte[RANDOM_BYTES];
        random.nextBytes(name);
        Path folder = directory.resolve(HexFormat.of().formatHex(name));
        Path socket = folder.resolve(SandboxFolder.OUTBOUND_SOCKET);
        if (socket.toString().length() > MAX_PATH) {
            throw new IOException("the path of a socket would have more than " + MAX_PATH
                    + " characters; set datapipeline.sandbox.socket-directory to a shorter one than " + directory);
        }
        // A program that cleans temporary folders may have removed it while it was empty.
        open(prepared(directory));
        open(folder);
        return new SandboxFolder(folder);
    }

    /** The path of a {@link #newFolder()} relative to the parent of the folder of this service. */
    public Path relative(Path folder) {
        Path parent = directory.getParent();
        return parent == null ? folder : parent.relativize(folder);
    }

    /** Removes the folder of this service and what is left in it. */
    @Override
    public void close() throws IOException {
        removeLeftovers();
        Files.deleteIfExists(directory);
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory)) {
            for (Path folder : folders) {
                SandboxFolder.remove(folder);
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

    /** In a folder that everybody can write to, another user may have made ours before. */
    private static Path own(Path folder) throws IOException {
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new IOException(folder + " belongs to another user");
        }
        return folder;
    }

    /** Makes a folder if necessary; returns its absolute path if it is no link and this process can write to it. */
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

    /** Makes a folder that others can pass through but not list, independently of the umask. */
    private static void open(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
