package dev.datapipeline.sandbox.docker.socket;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder of one sandbox with the sockets on which the service listens, mounted read-only; exists as long as the sandbox. */
public final class SandboxFolder implements Closeable {
    /** File name of the socket that the engine connects to. */
    public static final String ENGINE_SOCKET = "s.sock";

    /** File name of the socket that the relay in the sandbox connects to. */
    static final String OUTBOUND_SOCKET = "outbound.sock";

    private final Path path;

    SandboxFolder(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public EngineSocket listenForEngine() throws IOException {
        return EngineSocket.listen(path.resolve(ENGINE_SOCKET));
    }

    /** Where the service listens for calls of scripts. */
    public Path outboundSocket() {
        return path.resolve(OUTBOUND_SOCKET);
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    /** Removes a folder with sockets in it. The service never makes other files there; if there are any, they stay, and this fails. */
    static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther()) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
