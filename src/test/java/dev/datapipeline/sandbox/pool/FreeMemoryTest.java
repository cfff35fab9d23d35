package dev.datapipeline.sandbox.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
    @TempDir
    private Path folder;

    @Test
    void memoryIsShortWhenLessIsAvailableThanShouldStayFree() throws Exception {
        Path information = folder.resolve("meminfo");
        Files.writeString(information, "MemTotal:       2048 kB\nMemFree:        1 kB\nMemAvailable:    1000 kB\n");

        assertTrue(new FreeMemory(information, 1000 * 1024 + 1).getAsBoolean());
        assertFalse(new FreeMemory(information, 1000 * 1024).getAsBoolean());
    }

    @Test
    void memoryIsNotShortWhereNothingIsKnownOfIt() throws Exception {
        assertFalse(new FreeMemory(folder.resolve("none"), Long.MAX_VALUE).getAsBoolean());
        Path information = Files.writeString(folder.resolve("other"), "nothing");
        assertFalse(new FreeMemory(information, Long.MAX_VALUE).getAsBoolean());
    }
}
