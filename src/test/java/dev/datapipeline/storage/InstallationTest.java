package dev.datapipeline.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    private record Config(Path directory) implements StorageConfig {}

    @TempDir
    Path folder;

    @Test
    void idStaysAndInstanceChanges() throws IOException {
        Installation first = new Installation(new Config(folder.resolve("data")));
        Installation second = new Installation(new Config(folder.resolve("data")));

        assertEquals(first.id(), second.id());
        assertNotEquals(first.instance(), second.instance());
        assertEquals(first.id() + "/" + first.instance(), first.owner());
    }

    @Test
    void everyFolderIsAnotherInstallation() throws IOException {
        Installation here = new Installation(new Config(folder.resolve("here")));
        Installation there = new Installation(new Config(folder.resolve("there")));

        assertNotEquals(here.id(), there.id());
    }

    @Test
    void foreignFileIsNotTakenForAnId() throws IOException {
        Files.writeString(folder.resolve("installation"), "something else");

        assertThrows(IllegalArgumentException.class, () -> new Installation(new Config(folder)));
    }
}
