package dev.datapipeline.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceInstanceTest {
    @TempDir
    Path folder;

    @Test
    void idStaysAndProcessChanges() throws IOException {
        ServiceInstance first = ServiceInstance.of(folder.resolve("data/installation"));
        ServiceInstance second = ServiceInstance.of(folder.resolve("data/installation"));

        assertEquals(first.id(), second.id());
        assertNotEquals(first.process(), second.process());
        assertEquals(first.id() + "/" + first.process(), first.owner());
    }

    @Test
    void everyDataFolderHasItsOwnId() throws IOException {
        ServiceInstance here = ServiceInstance.of(folder.resolve("here"));
        ServiceInstance there = ServiceInstance.of(folder.resolve("there"));

        assertNotEquals(here.id(), there.id());
    }

    @Test
    void fileWithoutAnIdIsRejected() throws IOException {
        Path file = Files.writeString(folder.resolve("installation"), "something else");

        assertThrows(IllegalArgumentException.class, () -> ServiceInstance.of(file));
    }
}
