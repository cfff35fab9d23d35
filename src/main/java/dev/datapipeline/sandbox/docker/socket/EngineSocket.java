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

/** The socket on which the service waits for the engine of one sandbox. Closed and removed once the engine has connected. */
public final class EngineSocket implements Closeable {
    private final Path file;
    private final ServerSocketChannel listener;

    private EngineSocket(Path file, ServerSocketChannel listener) {
        this.file = file;
        this.listener = listener;
    }

    static EngineSocket listen(Path file) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        EngineSocket socket = new EngineSocket(file, listener);
        try {
            listener.bind(UnixDomainSocketAddress.of(file), 1);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            listener.configureBlocking(false);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Waits for a connection; returns null when none came in time. */
    @Nullable
    public SocketChannel accept(Duration timeout) throws IOException {
        try (Selector selector = Selector.open()) {
            listener.register(selector, SelectionKey.OP_ACCEPT);
            selector.select(timeout.toMillis());
            return listener.accept();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(file);
    }
}
