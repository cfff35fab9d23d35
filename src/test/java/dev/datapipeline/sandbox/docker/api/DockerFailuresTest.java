package dev.datapipeline.sandbox.docker.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What an engine says, in its words, and what is made of it. */
class DockerFailuresTest {
    private static final URI HOST = URI.create("unix:///var/run/docker.sock");

    @Test
    void fullDiskIsRecognized() {
        String text = "mkdir /var/lib/docker/overlay2/5f-init: no space left on device";

        assertEquals(
                SandboxFailure.NO_SPACE,
                of(new InternalServerErrorException(text)).failure());
        assertEquals(
                SandboxFailure.NO_SPACE,
                DockerFailures.ofBuild("python:3-slim", text).failure());
    }

    @Test
    void buildThatFailsNamesItsBase() {
        SandboxFailureException failure = DockerFailures.ofBuild("python:3-slim", "python3: not found");

        assertEquals(SandboxFailure.IMAGE, failure.failure());
        assertEquals("The sandbox image cannot be built on python:3-slim: python3: not found", failure.getMessage());
    }

    @Test
    void imageThatIsGoneIsMadeAgain() {
        assertEquals(
                SandboxFailure.IMAGE,
                of(new NotFoundException("No such image: x")).failure());
    }

    @Test
    void otherErrorsKeepTheMessageOfDocker() {
        SandboxFailureException failure = of(new InternalServerErrorException("something odd"));

        assertEquals(SandboxFailure.DOCKER, failure.failure());
        assertTrue(failure.getMessage().contains("something odd"), failure.getMessage());
    }

    private static SandboxFailureException of(Exception cause) {
        return DockerFailures.of(HOST, "creating a container", cause);
    }
}
