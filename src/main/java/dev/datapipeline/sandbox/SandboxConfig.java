package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.image.ImageConfig;
import dev.datapipeline.sandbox.isolation.IsolationRisk;
import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.Serial;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.Converter;

@ConfigMapping(prefix = "datapipeline.sandbox")
public interface SandboxConfig extends ImageConfig {
    /** Where the Docker engine listens. A Unix socket: a sandbox and the service share a folder, so they share a machine. */
    @WithDefault("${DOCKER_HOST:unix:///var/run/docker.sock}")
    URI dockerHost();

    /** Another container runtime known to the Docker engine, for example {@code runsc}. */
    Optional<String> runtime();

    /** Gaps in the isolation of sandboxes that are accepted; no batch runs in a sandbox with another gap. */
    Optional<Set<IsolationRisk>> acceptedRisks();

    /**
     * Users that sandboxes run as, each living one as another; default is 70000-99999, and 10000-59999 where the Docker engine maps the
     * users of containers to others.
     */
    Optional<@WithConverter(Users.class) UserIds> userIds();

    /** Folder for the sockets of sandboxes, a short path; default is the first of /run, XDG_RUNTIME_DIR and the temporary folder that can be written. */
    Optional<Path> socketDirectory();

    /** Docker volume mounted at the socket folder, when the service runs in a container itself. */
    Optional<String> socketVolume();

    /** File with the id by which the service recognises its own containers. */
    @WithDefault("${datapipeline.data.directory:data}/installation")
    Path installationFile();

    /** Sandboxes kept started for runs to come; default is one for each processor. */
    Optional<@WithConverter(Warm.class) Integer> warm();

    /**
     * Sandboxes kept with the modules of an environment imported, one for each of the environments used last; they are the first to go when
     * places or memory are short.
     */
    @WithDefault("2")
    @WithConverter(Warm.class)
    int primed();

    /** Sandboxes at one time, those that runs keep between batches included; default is four times the processors, at least eight. */
    Optional<@WithConverter(Limit.class) Integer> limit();

    /** Longest wait for a sandbox; after it the caller has to try again later. */
    @WithDefault("60S")
    Duration leaseTimeout();

    /** Longest time from the start of a container to HELLO of its engine. */
    @WithDefault("30S")
    Duration startTimeout();

    /** Longest time for loading the scripts of a pipeline. */
    @WithDefault("30S")
    Duration loadTimeout();

    /** Pause after the Docker engine failed, before it is asked again. */
    @WithDefault("5S")
    Duration retryDelay();

    /** A run's sandbox that has no batch for so long is removed. */
    @WithDefault("5M")
    Duration idleTimeout();

    Limits limits();

    /** Bounds of one sandbox; scripts meet them as errors of their own. */
    interface Limits {
        /** Memory of all processes, files in /tmp and shared memory together. */
        @WithDefault("512M")
        MemorySize memory();

        /** Memory that a pipeline may ask for; at least what all sandboxes have. */
        @WithDefault("2G")
        MemorySize maxMemory();

        /** Processors, may have a fraction. */
        @WithDefault("1")
        @WithConverter(Processors.class)
        BigDecimal processors();

        /** Processes and threads. */
        @WithDefault("64")
        @WithConverter(Processes.class)
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

        /** Kept of the log of a batch. */
        @WithDefault("128K")
        MemorySize log();

        /** Crashes and time-outs after which the rest of a batch is aborted. */
        @WithDefault("20")
        @WithConverter(Crashes.class)
        int crashesPerBatch();
    }

    final class Warm implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.between(0, 1000, Integer.valueOf(text));
        }
    }

    final class Limit implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.between(2, 10_000, Integer.valueOf(text));
        }
    }

    final class Users implements Converter<UserIds> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public UserIds convert(String text) {
            return UserIds.of(text);
        }
    }

    final class Processors implements Converter<BigDecimal> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public BigDecimal convert(String text) {
            return Ranges.atLeast(new BigDecimal("0.05"), new BigDecimal(text));
        }
    }

    final class Processes implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.atLeast(8, Integer.valueOf(text));
        }
    }

    final class Crashes implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.atLeast(0, Integer.valueOf(text));
        }
    }
}
