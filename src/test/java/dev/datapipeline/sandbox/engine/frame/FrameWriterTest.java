package dev.datapipeline.sandbox.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FrameWriterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private SocketChannel engine;
    private EngineChannel channel;
    private FrameWriter writer;

    @BeforeEach
    void connect(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            engine = SocketChannel.open(address);
            channel = new EngineChannel(listener.accept());
        }
        writer = new FrameWriter(channel);
    }

    @AfterEach
    void close() throws Exception {
        engine.close();
        channel.close();
    }

    @Test
    void framesAreSentInTheirOrder() throws Exception {
        writer.add(bytes("1"), bytes("2"));
        writer.add(bytes("3"), bytes(""));
        writer.add(bytes("4"), bytes("5"));

        assertTrue(writer.send());

        assertFalse(writer.isPending());
        assertEquals("12345", receive(5));
        assertFalse(writer.send());
    }

    @Test
    void frameLargerThanTheSocketIsSentWhileTheEngineReads() throws Exception {
        String payload = "x".repeat(3_000_000);
        CompletableFuture<String> received = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> received.complete(receive(3_000_001)));

        writer.add(bytes("1"), bytes(payload));
        writer.sendAll(Ticker.system().deadlineIn(MINUTE));

        assertEquals("1" + payload, received.get(30, TimeUnit.SECONDS));
    }

    @Test
    void frameOfAnotherThreadEndsTheWait() throws Exception {
        CompletableFuture<Boolean> isPending = new CompletableFuture<>();
        Thread session = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!writer.isPending()) {
                    writer.await(MINUTE);
                }
                isPending.complete(writer.isPending());
            } catch (SandboxFailureException failed) {
                isPending.completeExceptionally(failed);
            }
        });

        writer.add(bytes("1"), bytes("2"));

        assertTrue(isPending.get(30, TimeUnit.SECONDS));
        session.join();
    }

    @Test
    void closingTheChannelEndsTheWait() throws Exception {
        CompletableFuture<SandboxFailure> end = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> end.complete(assertThrows(SandboxFailureException.class, () -> writer.await(MINUTE))
                        .failure()));

        channel.close();

        assertEquals(SandboxFailure.CLOSED, end.get(30, TimeUnit.SECONDS));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private String receive(int length) {
        ByteBuffer received = ByteBuffer.allocate(length);
        try {
            while (received.hasRemaining() && engine.read(received) >= 0) {
                // Reads until all of it has come.
            }
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        return new String(received.array(), StandardCharsets.UTF_8);
    }
}
