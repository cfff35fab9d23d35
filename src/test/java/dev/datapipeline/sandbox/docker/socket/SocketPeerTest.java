package dev.datapipeline.sandbox.docker.socket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.ServiceInstance;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPeerTest {
    @TempDir
    private Path folder;

    @Test
    void kernelReportsWhoConnected() throws Exception {
        int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        SocketDirectory directory = new SocketDirectory(
                Optional.of(folder.resolve("sockets")), ServiceInstance.of(folder.resolve("installation")));

        try (SandboxFolder sandbox = directory.newFolder();
                EngineSocket socket = sandbox.listenForEngine();
                SocketChannel peer = SocketChannel.open(
                        UnixDomainSocketAddress.of(sandbox.path().resolve(SandboxFolder.ENGINE_SOCKET)));
                SocketChannel accepted = socket.accept(Duration.ofSeconds(5))) {
            assertTrue(peer.isConnected());
            assertNotNull(accepted);
            assertTrue(SocketPeer.isOf(self, accepted));
            assertFalse(SocketPeer.isOf(self + 70_001, accepted));
        }
    }
}
