package dev.datapipeline.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    /** Owns the folder until it is killed; the main class of another process. */
    static final class Owner {
        public static void main(String[] arguments) throws IOException {
            try (DataDirectory owned = DataDirectory.lock(Path.of(arguments[0]))) {
                System.out.println("owned");
                System.in.read();
            }
        }
    }

    @Test
    void folderIsMade() throws IOException {
        DataDirectory.lock(folder.resolve("new/data")).close();

        assertTrue(Files.isDirectory(folder.resolve("new/data")));
    }

    @Test
    void folderIsLockedUntilItsProcessDies() throws Exception {
        Process owner = owner();
        try {
            DataDirectoryInUseException rejection =
                    assertThrows(DataDirectoryInUseException.class, () -> DataDirectory.lock(folder));
            assertTrue(String.valueOf(rejection.getMessage()).contains(folder.toString()));
        } finally {
            owner.destroyForcibly().waitFor();
        }

        DataDirectory.lock(folder).close();
    }

    @Test
    void folderIsLockedOnceWithinAProcess() throws IOException {
        try (DataDirectory owned = DataDirectory.lock(folder)) {
            assertThrows(DataDirectoryInUseException.class, () -> DataDirectory.lock(folder), owned::toString);
        }
    }

    private Process owner() throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process owner = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Owner.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals("owned", owner.inputReader().readLine());
        return owner;
    }
}
