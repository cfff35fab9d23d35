package dev.datapipeline.sandbox.docker;

import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.outbound.OutboundSettings;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.time.Ticker;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Sandboxes in the Docker engine of this machine, of a service that lives for one test class. */
public final class RealSandboxes implements AutoCloseable {
    private final String baseImage;
    private final DockerEngine docker;
    private final ServiceInstance instance;
    private final ContainerLauncher launcher;
    private final OutboundServers outbound =
            new OutboundServers(OutboundSettings.usual(), new MemoryBudget(64L * 1024 * 1024, Duration.ZERO));
    private final OrphanSweeper sweeper;

    public RealSandboxes(Path folder, Map<String, String> settings) throws IOException {
        this(config(folder, settings), SandboxProfile::new);
    }

    public RealSandboxes(SandboxConfig config, Function<SandboxConfig, SandboxProfile> profile) throws IOException {
        baseImage = config.baseImage();
        docker = new DockerEngine(config.dockerHost());
        instance = ServiceInstance.of(config.installationFile());
        launcher = new ContainerLauncher(docker, config, profile.apply(config), instance, Ticker.system(), outbound);
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
    static SandboxRequest request(UUID run, PipelineSource pipeline) {
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
