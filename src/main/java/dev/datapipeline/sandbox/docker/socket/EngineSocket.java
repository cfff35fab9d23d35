package dev.datapipeline.sandbox.docker.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The listening end of one sandbox: takes one connection. Closing removes it with its folder. */
public final class SandboxSocket implements Closeable {
    public static final String FILE_NAME = "s.sock";

    private final Path folder;
    private final ServerSocketChannel listener;

    private SandboxSocket(Path folder, ServerSocketChannel listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** @param folder of its own, empty */
    static SandboxSocket listen(Path folder) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SandboxSocket socket = new SandboxSocket(folder, listener);
        try {
            Path file = folder.resolve(FILE_NAME);
            listener.bind(UnixDomainSocketAddress.of(file), 1);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            listener.configureBlocking(false);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    public Path folder() {
        return folder;
    }

    /** The connection, or null when none came in that time. */
    @Nullable
    public SocketChannel accept(Duration longest) throws IOException {
        try (Selector selector = Selector.open()) {
            listener.register(selector, SelectionKey.OP_ACCEPT);
            selector.select(longest.toMillis());
            return listener.accept();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        remove(folder);
    }

    /** Removes a folder with a socket in it; anything else that lies there is no work of ours and stays. */
    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE_NAME));
        Files.deleteIfExists(folder);
    }
}
