package dev.datapipeline.sandbox.docker;

import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.sandbox.DockerAvailability;
import dev.datapipeline.sandbox.EnvironmentDirectory;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.docker.container.ContainerLauncher;
import dev.datapipeline.sandbox.docker.container.DockerBuilders;
import dev.datapipeline.sandbox.docker.container.EnvironmentMount;
import dev.datapipeline.sandbox.docker.container.OrphanSweeper;
import dev.datapipeline.sandbox.docker.container.SandboxProfile;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.place.EnvironmentPlace;
import dev.datapipeline.sandbox.pool.FreeMemory;
import dev.datapipeline.sandbox.pool.MeteredLauncher;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Wires the parts, starts them with the service and stops them with it. Docker may start later, and stop at any time. */
@Singleton
public class DockerSandboxes {
    private static final Logger LOG = Logger.getLogger(DockerSandboxes.class);

    /** After everything that could still lease a sandbox. */
    private static final int LAST = Interceptor.Priority.LIBRARY_AFTER;

    private final ServiceInstance instance;
    private final DockerEngine docker;
    private final DockerMonitor monitor;
    private final ContainerLauncher launcher;
    private final SandboxPool pool;
    private final OrphanSweeper sweeper;
    private final DockerBuilders builders;
    private final EnvironmentPlace place;
    private final Optional<String> environmentTrouble;

    DockerSandboxes(
            SandboxConfig config,
            EnvironmentMountConfig environments,
            MeterRegistry registry,
            Ticker ticker,
            OutboundServers outbound)
            throws IOException {
        instance = ServiceInstance.of(config.installationFile());
        docker = new DockerEngine(config.dockerHost());
        monitor = new DockerMonitor(docker);
        place = EnvironmentPlace.of(environments, config, instance);
        EnvironmentMount mount = new EnvironmentMount(environments, config, place.directory());
        environmentTrouble = mount.trouble();
        SandboxProfile profile = new SandboxProfile(config, mount);
        launcher = new ContainerLauncher(docker, config, profile, instance, ticker, outbound);
        builders = new DockerBuilders(launcher);
        pool = new SandboxPool(
                new MeteredLauncher(launcher, registry),
                PoolSettings.of(config),
                new FreeMemory(2 * config.limits().memory().asLongValue()),
                ticker);
        sweeper = new OrphanSweeper(docker, instance, launcher::owned);
    }

    @Produces
    @Singleton
    ServiceInstance instance() {
        return instance;
    }

    @Produces
    @Singleton
    Sandboxes sandboxes() {
        return pool;
    }

    @Produces
    @Singleton
    Builders builders() {
        return builders;
    }

    @Produces
    @Singleton
    EnvironmentDirectory environments() {
        return place.directory();
    }

    @Produces
    @Singleton
    DockerAvailability docker() {
        return monitor;
    }

    void start(@Observes StartupEvent event) {
        // The scheduler starts at the next whole second, and the service is not ready before Docker has answered.
        Thread.ofPlatform().name("docker-first-ping").daemon().start(this::pollDocker);
        environmentTrouble.ifPresent(LOG::warn);
        pool.open();
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        pool.close();
        if (monitor.trouble().isEmpty()) {
            sweep();
        }
        launcher.close();
        docker.close();
        close(place);
    }

    private static void close(EnvironmentPlace place) {
        try {
            place.close();
        } catch (IOException harmless) {
            LOG.debug("The folder of the environments is locked until this process ends", harmless);
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void pollDocker() {
        try {
            monitor.poll();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        try {
            pool.tidy();
            sweeper.sweep();
            launcher.refreshUsers();
        } catch (SandboxFailureException later) {
            LOG.debugf("Nothing swept: %s", later.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why no sandbox is available at present, and what to do about it. */
    Optional<String> trouble() {
        return monitor.trouble().or(pool::trouble);
    }

    /** Why packages cannot be used, or not all of them; runs without packages go on. */
    Optional<String> environmentTrouble() {
        return environmentTrouble;
    }

    int living() {
        return pool.living();
    }

    int waiting() {
        return pool.waiting();
    }

    int warm() {
        return pool.warm();
    }

    int leased() {
        return pool.leased();
    }

    int idle() {
        return pool.idle();
    }
}
