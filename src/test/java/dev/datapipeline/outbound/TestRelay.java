package dev.datapipeline.outbound;

import dev.datapipeline.outbound.wire.RelaySignal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A relay as it runs in a sandbox, for clients that need a port. */
public final class TestRelay implements AutoCloseable {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final Path socket;

    public TestRelay(Path socket) throws IOException {
        this.socket = socket;
        this.listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("test-relay").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                SandboxClient server = SandboxClient.connect(socket);
                Thread.ofPlatform().daemon().start(() -> up(client, server));
                Thread.ofPlatform().daemon().start(() -> down(client, server));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void up(Socket client, SandboxClient server) {
        try (client;
                server) {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[65_536];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                server.send(java.util.Arrays.copyOf(buffer, length));
            }
        } catch (IOException closed) {
            // Either side has closed.
        }
    }

    private static void down(Socket client, SandboxClient server) {
        try (client;
                server) {
            OutputStream out = client.getOutputStream();
            for (byte signal = server.receiveByte();
                    signal != RelaySignal.HTTP_FOLLOWS.code();
                    signal = server.receiveByte()) {
                if (signal == RelaySignal.CONTINUE.code()) {
                    out.write(CONTINUE);
                }
            }
            for (byte[] piece = server.receive(65_536); piece.length > 0; piece = server.receive(65_536)) {
                out.write(piece);
            }
        } catch (IOException closed) {
            // Either side has closed.
        }
    }
}
