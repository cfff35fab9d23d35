package dev.datapipeline.sandbox.docker;

import dev.datapipeline.sandbox.DockerAvailability;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.time.Duration;
import java.util.Optional;

/** Knows whether Docker answers without asking it, so that health can be told at once while Docker hangs. Thread-safe. */
public final class DockerMonitor implements DockerAvailability {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final DockerEngine docker;
    private volatile Optional<String> trouble = Optional.of("The Docker engine was not asked yet.");
    private volatile boolean isAway;

    public DockerMonitor(DockerEngine docker) {
        this.docker = docker;
    }

    /** Asks; to be called every few seconds. */
    public void look() throws InterruptedException {
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
    public Optional<String> trouble() {
        return trouble;
    }
}
