package dev.datapipeline.sandbox.docker;

import dev.datapipeline.sandbox.DockerAvailability;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.time.Duration;
import java.util.Optional;

/** Remembers whether Docker answered the last ping, so that health checks answer at once while Docker hangs. Thread-safe. */
public final class DockerMonitor implements DockerAvailability {
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);

    private final DockerEngine docker;
    private volatile Optional<String> trouble = Optional.of("The Docker engine has not been asked yet.");
    private volatile boolean isAway;

    public DockerMonitor(DockerEngine docker) {
        this.docker = docker;
    }

    public void poll() throws InterruptedException {
        try {
            docker.ping(PING_TIMEOUT);
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

    /** Why Docker did not answer the last ping. */
    public Optional<String> trouble() {
        return trouble;
    }
}
