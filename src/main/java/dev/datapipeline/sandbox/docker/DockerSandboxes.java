package dev.datapipeline.sandbox.docker;

import dev.datapipeline.sandbox.DockerAvailability;
import dev.datapipeline.sandbox.MeteredLauncher;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.SandboxPool;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
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

/** Puts the parts together, starts them with the service and ends them with it. Docker may come later and go at any time. */
@Singleton
public class DockerSandboxes {
    private static final Logger LOG = Logger.getLogger(DockerSandboxes.class);

    /** After all that could still borrow. */
    private static final int LAST = Interceptor.Priority.LIBRARY_AFTER;

    private final ServiceInstance installation;
    private final DockerEngine docker;
    private final DockerMonitor watch;
    private final ContainerLauncher starter;
    private final SandboxPool pool;
    private final OrphanSweeper sweeper;

    DockerSandboxes(SandboxConfig config, MeterRegistry registry) throws IOException {
        installation = ServiceInstance.of(config.installationFile());
        docker = new DockerEngine(config.dockerHost());
        watch = new DockerMonitor(docker);
        starter = new ContainerLauncher(docker, config, new SandboxProfile(config), installation);
        pool = new SandboxPool(new MeteredLauncher(starter, registry), PoolSettings.of(config));
        sweeper = new OrphanSweeper(docker, installation, starter::owned);
    }

    @Produces
    @Singleton
    ServiceInstance installation() {
        return installation;
    }

    @Produces
    @Singleton
    Sandboxes sandboxes() {
        return pool;
    }

    @Produces
    @Singleton
    DockerAvailability docker() {
        return watch;
    }

    void start(@Observes StartupEvent event) {
        // The scheduler begins with the next whole second, and nobody is told that the service is ready before Docker
        // was asked.
        Thread.ofPlatform().name("docker-first-look").daemon().start(this::look);
        pool.open();
    }

    void stop(@Observes @Priority(LAST) ShutdownEvent event) {
        pool.close();
        if (watch.trouble().isEmpty()) {
            sweep();
        }
        starter.close();
        docker.close();
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            watch.look();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        try {
            pool.tidy();
            sweeper.sweep();
            starter.users().look();
        } catch (SandboxFailureException later) {
            LOG.debugf("Nothing swept: %s", later.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why no sandbox can be had at present, with what to do about it. */
    Optional<String> trouble() {
        return watch.trouble().or(pool::trouble);
    }

    /** Sandboxes that are being made, wait, run, or are being removed. */
    int living() {
        return pool.living();
    }

    /** Callers who wait for one. */
    int awaited() {
        return pool.waiting();
    }

    int warm() {
        return pool.warm();
    }

    /** Sandboxes at work. */
    int lent() {
        return pool.lent();
    }

    /** Sandboxes that their runs keep between batches. */
    int idle() {
        return pool.idle();
    }
}
