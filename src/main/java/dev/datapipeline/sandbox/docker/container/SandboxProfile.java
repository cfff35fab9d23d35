package dev.datapipeline.sandbox.docker.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.docker.api.MaskedHostConfig;
import dev.datapipeline.sandbox.docker.image.EngineImageContext;
import dev.datapipeline.sandbox.docker.socket.SandboxFolder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a sandbox is allowed, which is as little as Python needs. Whatever is not said here is the engine's default. */
public class SandboxProfile {
    private static final String SOCKET_MOUNT = "/run/pipeline";
    private static final long BILLION = 1_000_000_000L;

    /** Process 1 keeps this score, and its scripts get higher ones: the kernel takes them first when memory is short. */
    private static final int OOM_SCORE = 500;

    /** More than the 256 that the engine leaves to scripts; see {@code become_untrusted} there. */
    private static final int OPEN_FILES = 4096;

    /** Of the memory of a builder, the rest is for its processes. */
    private static final double TEMPORARY_FILES_OF_BUILDER = 0.75;

    private final SandboxConfig config;
    private final EnvironmentMount environments;
    private final String seccomp;

    public SandboxProfile(SandboxConfig config, EnvironmentMount environments) {
        this.config = config;
        this.environments = environments;
        this.seccomp = new String(EngineImageContext.read("sandbox/seccomp.json"), StandardCharsets.UTF_8);
    }

    ContainerBounds ofSandboxes() {
        SandboxConfig.Limits limits = config.limits();
        return new ContainerBounds(
                limits.memory().asLongValue(), limits.temporaryFiles().asLongValue());
    }

    ContainerBounds ofBuilders() {
        long memory =
                Math.max(environments.builderMemory(), config.limits().memory().asLongValue());
        return new ContainerBounds(memory, (long) (memory * TEMPORARY_FILES_OF_BUILDER));
    }

    void apply(CreateContainerCmd command, ContainerPlan plan) {
        Optional<String> volume = config.socketVolume();
        String folder = volume.isPresent() ? SOCKET_MOUNT + "/" + plan.folder() : SOCKET_MOUNT;
        Mount mount = volume.map(name -> new Mount().withType(MountType.VOLUME).withSource(name))
                .orElseGet(() -> new Mount()
                        .withType(MountType.BIND)
                        .withSource(plan.sockets().path().toString()))
                .withTarget(SOCKET_MOUNT)
                .withReadOnly(true);
        command.withName("datapipeline-sandbox-" + plan.labels().get(ContainerLabels.SANDBOX))
                .withUser(plan.user() + ":" + plan.user())
                .withWorkingDir("/tmp")
                .withHostName("sandbox")
                .withTty(false)
                .withStdinOpen(false)
                .withNetworkDisabled(true)
                .withStopTimeout(0)
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withLabels(plan.labels())
                .withEnv("HOME=/tmp", "USER=sandbox", "LANG=C.UTF-8", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1")
                .withCmd(
                        "python3",
                        "-I",
                        "-B",
                        "-u",
                        "-X",
                        "utf8",
                        "/opt/engine",
                        folder + "/" + SandboxFolder.ENGINE_SOCKET)
                .withHostConfig(hostConfig(mount, plan.bounds()));
    }

    private HostConfig hostConfig(Mount sockets, ContainerBounds bounds) {
        SandboxConfig.Limits limits = config.limits();
        List<Mount> mounts = new ArrayList<>(List.of(sockets));
        environments.mount().ifPresent(mounts::add);
        HostConfig host = new MaskedHostConfig()
                .withNetworkMode("none")
                .withPrivileged(false)
                .withCapDrop(Capability.ALL)
                .withReadonlyRootfs(true)
                .withSecurityOpts(List.of("no-new-privileges:true", "seccomp=" + seccomp))
                .withMemory(bounds.memory())
                .withMemorySwap(bounds.memory())
                .withOomKillDisable(false)
                .withOomScoreAdj(OOM_SCORE)
                .withPidsLimit((long) limits.processes())
                .withNanoCPUs(limits.processors()
                        .multiply(BigDecimal.valueOf(BILLION))
                        .longValue())
                .withCpuShares(256)
                .withShmSize(limits.sharedMemory().asLongValue())
                .withTmpFs(Map.of("/tmp", temporaryFiles(bounds.temporaryFiles())))
                .withMounts(mounts)
                .withUlimits(userLimits(bounds.temporaryFiles()))
                .withIpcMode("private")
                .withCgroupnsMode("private")
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
        config.runtime().ifPresent(host::withRuntime);
        return host;
    }

    private static String temporaryFiles(long bytes) {
        return "rw,noexec,nosuid,nodev,size=" + bytes + ",nr_inodes=4096,mode=1777";
    }

    /** No bound on processes: the kernel would count those of one user over all sandboxes. */
    private static List<Ulimit> userLimits(long maxFile) {
        return List.of(
                limit("nofile", OPEN_FILES),
                limit("core", 0),
                limit("fsize", maxFile),
                limit("memlock", 65_536),
                limit("stack", 8_388_608));
    }

    private static Ulimit limit(String name, long value) {
        return new Ulimit(name, value, value);
    }
}
