package dev.datapipeline.docker;

import dev.datapipeline.engine.SandboxFailureException;
import dev.datapipeline.sandbox.DockerPresence;
import java.time.Duration;
import java.util.Optional;

/** Knows whether Docker answers without asking it, so that health can be told at once while Docker hangs. Thread-safe. */
final class DockerWatch implements DockerPresence {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DockerEngine docker;
    private volatile Optional<String> trouble = Optional.of("The Docker engine was not asked yet.");
    private volatile boolean isAway;

    DockerWatch(DockerEngine docker) {
        this.docker = docker;
    }

    /** Asks; to be called every few seconds. */
    void look() throws InterruptedException {
        try {
            docker.ping(PATIENCE);
            trouble = Optional.empty();
            isAway = false;
        } catch (SandboxFailureException failure) {
            trouble = Optional.of(failure.getMessage());
            isAway = true;
        }
    }

    @Override
    public boolean isAway() {
        return isAway;
    }

    /** What was wrong when Docker was last asked. */
    Optional<String> trouble() {
        return trouble;
    }
}
