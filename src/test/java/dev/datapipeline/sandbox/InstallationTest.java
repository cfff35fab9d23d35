package dev.datapipeline.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path folder;

    @Test
    void idStaysAndInstanceChanges() throws IOException {
        Installation first = Installation.of(folder.resolve("data/installation"));
        Installation second = Installation.of(folder.resolve("data/installation"));

        assertEquals(first.id(), second.id());
        assertNotEquals(first.instance(), second.instance());
        assertEquals(first.id() + "/" + first.instance(), first.owner());
    }

    @Test
    void everyFolderIsAnotherInstallation() throws IOException {
        Installation here = Installation.of(folder.resolve("here"));
        Installation there = Installation.of(folder.resolve("there"));

        assertNotEquals(here.id(), there.id());
    }

    @Test
    void foreignFileIsNotTakenForAnId() throws IOException {
        Path file = Files.writeString(folder.resolve("installation"), "something else");

        assertThrows(IllegalArgumentException.class, () -> Installation.of(file));
    }
}
