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
            try (DataDirectory owned = DataDirectory.own(Path.of(arguments[0]))) {
                System.out.println("owned");
                System.in.read();
            }
        }
    }

    @Test
    void folderIsMade() throws IOException {
        DataDirectory.own(folder.resolve("new/data")).close();

        assertTrue(Files.isDirectory(folder.resolve("new/data")));
    }

    @Test
    void livingProcessKeepsOthersOutUntilItIsKilled() throws Exception {
        Process owner = owner();
        try {
            DataDirectoryInUseException refusal =
                    assertThrows(DataDirectoryInUseException.class, () -> DataDirectory.own(folder));
            assertTrue(String.valueOf(refusal.getMessage()).contains(folder.toString()));
        } finally {
            owner.destroyForcibly().waitFor();
        }

        DataDirectory.own(folder).close();
    }

    @Test
    void folderIsOwnedOnceInAProcessToo() throws IOException {
        try (DataDirectory owned = DataDirectory.own(folder)) {
            assertThrows(DataDirectoryInUseException.class, () -> DataDirectory.own(folder), owned::toString);
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
