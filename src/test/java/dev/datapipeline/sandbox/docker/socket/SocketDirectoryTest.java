package dev.datapipeline.sandbox.docker.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.sandbox.ServiceInstance;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void serviceKeepsItsIdAndEachProcessHasItsOwn() throws Exception {
        Path file = folder.resolve("data/installation");

        ServiceInstance first = ServiceInstance.of(file);
        ServiceInstance second = ServiceInstance.of(file);

        assertEquals(first.id(), second.id());
        assertTrue(!first.process().equals(second.process()));
    }

    @Test
    void socketTakesAConnectionAndIsRemovedBeforeItsFolder() throws Exception {
        SandboxFolder sandbox = directory().newFolder();
        Path file = sandbox.path().resolve(SandboxFolder.ENGINE_SOCKET);
        try (EngineSocket socket = sandbox.listenForEngine();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(file));
                SocketChannel service = socket.accept(Duration.ofSeconds(5))) {
            assertNotNull(service);
            assertTrue(engine.isConnected());
        }
        assertTrue(Files.notExists(file));
        assertTrue(Files.exists(sandbox.path()));

        sandbox.close();

        assertEquals(0, filesIn(folder.resolve("sockets/" + instance().id().substring(0, 8))));
    }

    @Test
    void foldersCanBePassedThroughButNotListed() throws Exception {
        try (SandboxFolder sandbox = directory().newFolder();
                EngineSocket socket = sandbox.listenForEngine()) {
            assertNotNull(socket);
            assertEquals("rwx--x--x", permissions(sandbox.path()));
            assertEquals("rwx--x--x", permissions(sandbox.path().resolveSibling("")));
            assertEquals("rw-rw-rw-", permissions(sandbox.path().resolve(SandboxFolder.ENGINE_SOCKET)));
            assertEquals(32, sandbox.path().getFileName().toString().length());
        }
    }

    @Test
    void acceptReturnsNullWhenNobodyConnects() throws Exception {
        try (SandboxFolder sandbox = directory().newFolder();
                EngineSocket socket = sandbox.listenForEngine()) {
            assertEquals(null, socket.accept(Duration.ofMillis(10)));
        }
    }

    @Test
    void foldersOfADeadProcessAreRemovedWithAllTheirSockets() throws Exception {
        SandboxFolder left = directory().newFolder();
        EngineSocket socket = left.listenForEngine();
        EngineSocket another = EngineSocket.listen(left.path().resolve("another.sock"));
        Path others = Files.createDirectories(folder.resolve("sockets/others/folder"));

        directory();

        assertTrue(Files.notExists(left.path()));
        assertTrue(Files.exists(others));
        socket.close();
        another.close();
        left.close();
    }

    @Test
    void folderThatWasClearedAwayIsMadeAgain() throws Exception {
        SocketDirectory directory = directory();
        directory.close();

        try (SandboxFolder sandbox = directory.newFolder()) {
            assertTrue(Files.exists(sandbox.path()));
        }
    }

    @Test
    void closingTheDirectoryLeavesNothing() throws Exception {
        SocketDirectory directory = directory();
        directory.newFolder().listenForEngine();

        directory.close();

        assertEquals(0, filesIn(folder.resolve("sockets")));
    }

    @Test
    void pathThatIsTooLongForASocketIsReported() throws Exception {
        Path deep = folder.resolve("x".repeat(100));

        IOException failure =
                assertThrows(IOException.class, () -> new SocketDirectory(Optional.of(deep), instance()).newFolder());

        assertTrue(String.valueOf(failure.getMessage()).contains("datapipeline.sandbox.socket-directory"));
    }

    private SocketDirectory directory() throws IOException {
        return new SocketDirectory(Optional.of(folder.resolve("sockets")), instance());
    }

    private ServiceInstance instance() throws IOException {
        return ServiceInstance.of(folder.resolve("installation"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static long filesIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }
}
