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
    void theInstallationKeepsItsIdAndEachProcessHasItsOwn() throws Exception {
        Path file = folder.resolve("data/installation");

        ServiceInstance first = ServiceInstance.of(file);
        ServiceInstance second = ServiceInstance.of(file);

        assertEquals(first.id(), second.id());
        assertTrue(!first.instance().equals(second.instance()));
    }

    @Test
    void aSocketTakesAConnectionAndLeavesNothing() throws Exception {
        try (SandboxSocket socket = directory().listen()) {
            Path file = socket.folder().resolve(SandboxSocket.FILE_NAME);
            try (SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(file));
                    SocketChannel service = socket.accept(Duration.ofSeconds(5))) {
                assertNotNull(service);
                assertTrue(engine.isConnected());
            }
        }

        assertEquals(0, filesIn(folder.resolve("sockets/" + installation().id().substring(0, 8))));
    }

    @Test
    void foldersCanBePassedThroughButNotListed() throws Exception {
        try (SandboxSocket socket = directory().listen()) {
            assertEquals("rwx--x--x", permissions(socket.folder()));
            assertEquals("rwx--x--x", permissions(socket.folder().resolveSibling("")));
            assertEquals("rw-rw-rw-", permissions(socket.folder().resolve(SandboxSocket.FILE_NAME)));
            assertEquals(32, socket.folder().getFileName().toString().length());
        }
    }

    @Test
    void nobodyComingIsNoFailure() throws Exception {
        try (SandboxSocket socket = directory().listen()) {
            assertEquals(null, socket.accept(Duration.ofMillis(10)));
        }
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndWhatOthersHaveIsNot() throws Exception {
        SandboxSocket left = directory().listen();
        Path others = Files.createDirectories(folder.resolve("sockets/others/folder"));

        directory();

        assertTrue(Files.notExists(left.folder()));
        assertTrue(Files.exists(others));
        left.close();
    }

    @Test
    void aFolderThatWasClearedAwayIsMadeAgain() throws Exception {
        SocketDirectory directory = directory();
        directory.close();

        try (SandboxSocket socket = directory.listen()) {
            assertTrue(Files.exists(socket.folder()));
        }
    }

    @Test
    void closingLeavesNothing() throws Exception {
        SocketDirectory directory = directory();
        directory.listen();

        directory.close();

        assertEquals(0, filesIn(folder.resolve("sockets")));
    }

    @Test
    void aPathThatIsTooLongForASocketIsSaidToBe() throws Exception {
        Path deep = folder.resolve("x".repeat(100));

        IOException failure =
                assertThrows(IOException.class, () -> new SocketDirectory(Optional.of(deep), installation()).listen());

        assertTrue(String.valueOf(failure.getMessage()).contains("datapipeline.sandbox.socket-directory"));
    }

    private SocketDirectory directory() throws IOException {
        return new SocketDirectory(Optional.of(folder.resolve("sockets")), installation());
    }

    private ServiceInstance installation() throws IOException {
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
