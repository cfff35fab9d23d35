package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.outbound.OutboundSettings;
import dev.datapipeline.sandbox.EnvironmentDirectory;
import dev.datapipeline.sandbox.EnvironmentMountConfig;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.pool.SandboxPool;
import dev.datapipeline.time.Ticker;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sandboxes in the Docker engine of this machine, of a service that lives for one test class. */
public final class RealSandboxes implements AutoCloseable {
    private final SandboxConfig config;
    private final String baseImage;
    private final Path environments;
    private final DockerEngine docker;
    private final ServiceInstance instance;
    private final ContainerLauncher launcher;
    private final OutboundServers outbound =
            new OutboundServers(OutboundSettings.usual(), new MemoryBudget(64L * 1024 * 1024, Duration.ZERO));
    private final OrphanSweeper sweeper;

    interface Profile {
        SandboxProfile of(SandboxConfig config, EnvironmentMount environments);
    }

    public RealSandboxes(Path folder, Map<String, String> settings) throws IOException {
        this(config(folder, settings), SandboxProfile::new);
    }

    RealSandboxes(SandboxConfig config, Profile profile) throws IOException {
        // Beside the file that names the service, as in its data folder.
        environments = config.installationFile().resolveSibling("environments");
        EnvironmentDirectory directory = new EnvironmentDirectory(
                environments, config.installationFile().resolveSibling("secret"), Optional.empty());
        EnvironmentMount mount = new EnvironmentMount(mountConfig(), config, directory);
        this.config = config;
        baseImage = config.baseImage();
        docker = new DockerEngine(config.dockerHost());
        instance = ServiceInstance.of(config.installationFile());
        launcher =
                new ContainerLauncher(docker, config, profile.of(config, mount), instance, Ticker.system(), outbound);
        sweeper = new OrphanSweeper(docker, instance, launcher::owned);
    }

    /** The defaults of the service, but for these settings; DATAPIPELINE_SANDBOX_BASE_IMAGE names another base image. */
    public static SandboxConfig config(Path folder, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredConverters()
                .withMapping(SandboxConfig.class)
                .withDefaultValue("datapipeline.data.directory", folder.toString())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(SandboxConfig.class);
    }

    private static EnvironmentMountConfig mountConfig() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(EnvironmentMountConfig.class)
                .build()
                .getConfigMapping(EnvironmentMountConfig.class);
    }

    /** The folder that all sandboxes have at /environments. */
    public Path environments() {
        return environments;
    }

    public Builders builders() {
        return new DockerBuilders(launcher);
    }

    /** A pool with one warm sandbox, not opened yet. */
    public SandboxPool pool() {
        PoolSettings usual = PoolSettings.of(config);
        return new SandboxPool(
                launcher,
                new PoolSettings(
                        1,
                        usual.primed(),
                        usual.limit(),
                        usual.leaseTimeout(),
                        usual.retryDelay(),
                        usual.refillDelay(),
                        usual.idleTimeout()),
                Ticker.system());
    }

    public DockerEngine docker() {
        return docker;
    }

    public String baseImage() {
        return baseImage;
    }

    public ServiceInstance instance() {
        return instance;
    }

    public ContainerLauncher launcher() {
        return launcher;
    }

    public OrphanSweeper sweeper() {
        return sweeper;
    }

    /** Containers of this service, stopped ones too. */
    public int containers() throws Exception {
        return docker.list(ContainerLabels.of(instance)).size();
    }

    /** A request for a sandbox that other batches of the run may use as well. */
    public static SandboxRequest request(UUID run, PipelineSource pipeline) {
        return new SandboxRequest(new SandboxOwner(run, 0), pipeline, false);
    }

    /** The container of a sandbox. */
    public String container(String sandbox) throws Exception {
        return docker.list(Map.of(ContainerLabels.SANDBOX, sandbox)).getFirst().getId();
    }

    @Override
    public void close() throws Exception {
        for (var container : docker.list(ContainerLabels.of(instance))) {
            docker.remove(container.getId());
        }
        launcher.close();
        docker.close();
        outbound.close();
    }
}
