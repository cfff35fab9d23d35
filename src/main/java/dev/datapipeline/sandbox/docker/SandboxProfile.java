package dev.datapipeline.sandbox.docker;

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
import dev.datapipeline.sandbox.docker.socket.SandboxFolder;
import dev.datapipeline.sandbox.docker.socket.SocketDirectory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a sandbox is allowed, which is as little as Python needs. Whatever is not said here is the engine's default. */
class SandboxProfile {
    private static final String SOCKET_MOUNT = "/run/pipeline";
    private static final long BILLION = 1_000_000_000L;

    /** Process 1 keeps this score, and its scripts get higher ones: the kernel takes them first when memory is short. */
    private static final int OOM_SCORE = 500;

    /** More than the 256 that the engine leaves to scripts; see {@code become_untrusted} there. */
    private static final int OPEN_FILES = 4096;

    private final SandboxConfig config;
    private final String seccomp;

    SandboxProfile(SandboxConfig config) {
        this.config = config;
        this.seccomp = new String(EngineImageContext.read("sandbox/seccomp.json"), StandardCharsets.UTF_8);
    }

    /** @param user of this sandbox alone, and its group */
    void apply(
            CreateContainerCmd command,
            Map<String, String> labels,
            int user,
            SocketDirectory directory,
            SandboxFolder sockets) {
        Optional<String> volume = config.socketVolume();
        String folder = volume.isPresent() ? SOCKET_MOUNT + "/" + directory.relative(sockets.path()) : SOCKET_MOUNT;
        Mount mount = volume.map(name -> new Mount().withType(MountType.VOLUME).withSource(name))
                .orElseGet(() -> new Mount()
                        .withType(MountType.BIND)
                        .withSource(sockets.path().toString()))
                .withTarget(SOCKET_MOUNT)
                .withReadOnly(true);
        command.withName("datapipeline-sandbox-" + labels.get(ContainerLabels.SANDBOX))
                .withUser(user + ":" + user)
                .withWorkingDir("/tmp")
                .withHostName("sandbox")
                .withTty(false)
                .withStdinOpen(false)
                .withNetworkDisabled(true)
                .withStopTimeout(0)
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withLabels(labels)
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
                .withHostConfig(hostConfig(mount));
    }

    private HostConfig hostConfig(Mount mount) {
        SandboxConfig.Limits limits = config.limits();
        long memory = limits.memory().asLongValue();
        HostConfig host = new MaskedHostConfig()
                .withNetworkMode("none")
                .withPrivileged(false)
                .withCapDrop(Capability.ALL)
                .withReadonlyRootfs(true)
                .withSecurityOpts(List.of("no-new-privileges:true", "seccomp=" + seccomp))
                .withMemory(memory)
                .withMemorySwap(memory)
                .withOomKillDisable(false)
                .withOomScoreAdj(OOM_SCORE)
                .withPidsLimit((long) limits.processes())
                .withNanoCPUs(limits.processors()
                        .multiply(BigDecimal.valueOf(BILLION))
                        .longValue())
                .withCpuShares(256)
                .withShmSize(limits.sharedMemory().asLongValue())
                .withTmpFs(Map.of("/tmp", temporaryFiles(limits.temporaryFiles().asLongValue())))
                .withMounts(List.of(mount))
                .withUlimits(userLimits(limits.temporaryFiles().asLongValue()))
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
