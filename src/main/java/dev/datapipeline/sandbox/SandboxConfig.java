package dev.datapipeline.sandbox;

import dev.datapipeline.engine.IsolationRisk;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How sandboxes are made, how many there are, and what each of them may use. */
@ConfigMapping(prefix = "datapipeline.sandbox")
public interface SandboxConfig {
    /** Where the Docker engine listens. A Unix socket: a sandbox and the service share a folder, so they share a machine. */
    @WithDefault("${DOCKER_HOST:unix:///var/run/docker.sock}")
    URI dockerHost();

    /** Image with a Python 3 that the sandbox image is built on; pulled when it is not there. */
    @WithDefault("python:3-slim")
    String baseImage();

    /** Another container runtime known to the Docker engine, for example {@code runsc}. */
    Optional<String> runtime();

    /** Ways in which sandboxes may be held in less than they should be; without it no batch runs in such a sandbox. */
    Optional<Set<IsolationRisk>> acceptedRisks();

    /** Folder for the sockets of sandboxes, a short path; default is the first of /run, XDG_RUNTIME_DIR and the temporary folder that can be written. */
    Optional<Path> socketDirectory();

    /** Docker volume mounted at the socket folder, when the service runs in a container itself. */
    Optional<String> socketVolume();

    /** File that keeps the id by which this installation knows its own containers. */
    @WithDefault("${datapipeline.data.directory:data}/installation")
    Path installationFile();

    /** Sandboxes kept started for runs to come; default is one for each processor. */
    Optional<@Min(0) @Max(1000) Integer> warm();

    /** Sandboxes at one time, those that runs keep between batches included; default is four times the processors, at least eight. */
    Optional<@Min(2) @Max(10_000) Integer> limit();

    /** Longest wait for a sandbox before the caller is told to come back later. */
    @WithDefault("60S")
    Duration borrowTimeout();

    /** Longest time from the start of a container to the first word of its engine. */
    @WithDefault("30S")
    Duration startTimeout();

    /** Longest time for loading the scripts of a pipeline. */
    @WithDefault("30S")
    Duration loadTimeout();

    /** Pause after the Docker engine failed, before it is asked again. */
    @WithDefault("5S")
    Duration retryDelay();

    /** A run's sandbox without a batch for this long is given up. */
    @WithDefault("5M")
    Duration idleTimeout();

    /** What one sandbox may use. */
    Limits limits();

    /** Bounds of one sandbox; scripts meet them as errors of their own. */
    interface Limits {
        /** Memory of all processes, files in /tmp and shared memory together. */
        @WithDefault("512M")
        MemorySize memory();

        /** Processors, may have a fraction. */
        @WithDefault("1")
        @DecimalMin("0.05")
        BigDecimal processors();

        /** Processes and threads. */
        @WithDefault("64")
        @Min(8)
        int processes();

        /** Files in /tmp. */
        @WithDefault("64M")
        MemorySize temporaryFiles();

        /** Shared memory in /dev/shm. */
        @WithDefault("16M")
        MemorySize sharedMemory();

        /** Longest value one stage may return, as JSON. */
        @WithDefault("16M")
        MemorySize result();

        /** What is kept of the log of a batch. */
        @WithDefault("128K")
        MemorySize log();

        /** Crashes and time-outs after which the rest of a batch is given up. */
        @WithDefault("20")
        @Min(0)
        int crashesPerBatch();
    }
}
