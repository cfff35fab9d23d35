package dev.datapipeline.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class DiskFailuresTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void recognisesAFullDisk() {
        IOException full = assertThrows(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1]));

        ProblemException problem = DiskFailures.problem(new IllegalStateException(new UncheckedIOException(full)));

        assertNotNull(problem);
        assertEquals(ProblemType.NO_SPACE, problem.type());
    }

    @Test
    void otherFailuresAreNotAFullDisk() {
        assertNull(DiskFailures.problem(new UncheckedIOException(new NoSuchFileException("x"))));
        assertNull(DiskFailures.problem(new IllegalStateException("No space left on device")));
    }
}
