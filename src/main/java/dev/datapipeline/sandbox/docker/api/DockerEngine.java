package dev.datapipeline.sandbox.docker.api;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The few calls of the Docker engine that sandboxes need, each with a bound on its time. Thread-safe.
 *
 * <p>The HTTP client's own time-outs have no effect on a Unix socket, so every call runs on a thread of its own that is interrupted
 * when the time is over, which closes its socket.
 */
public final class DockerEngine implements Closeable {
    private static final Duration QUICK = Duration.ofSeconds(10);
    private static final Duration SLOW = Duration.ofSeconds(60);
    private static final Duration BUILD = Duration.ofMinutes(10);
    private static final Duration PULL = Duration.ofMinutes(20);

    private static final String REMOVING = "removing";

    public record ContainerState(boolean isRunning, long exitCode, boolean isOutOfMemory) {}

    private final URI host;
    private @Nullable DockerClient client;
    private final ExecutorService calls = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("docker-", 0).factory());

    public DockerEngine(URI host) {
        this.host = host;
    }

    public void ping(Duration limit) throws SandboxFailureException, InterruptedException {
        perform("answering", limit, () -> client().pingCmd().exec());
    }

    public Optional<String> imageId(String name) throws SandboxFailureException, InterruptedException {
        return call("looking for an image", QUICK, () -> {
            try {
                return Optional.of(client().inspectImageCmd(name).exec().getId());
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    public void pull(String name) throws SandboxFailureException, InterruptedException {
        call(
                "pulling " + name,
                PULL,
                () -> client().pullImageCmd(name)
                        .exec(new ResultCallback.Adapter<>())
                        .awaitCompletion());
    }

    /** Builds an image without a network; {@code context} is a tar with a Dockerfile that takes the argument BASE. */
    public void build(byte[] context, String base, String tag) throws SandboxFailureException, InterruptedException {
        BuildLog log = new BuildLog();
        call(
                "building the sandbox image",
                BUILD,
                () -> client().buildImageCmd(new ByteArrayInputStream(context))
                        .withBuildArg("BASE", base)
                        .withTags(Set.of(tag))
                        .withNetworkMode("none")
                        .withPull(false)
                        .withForcerm(true)
                        .exec(log)
                        .awaitCompletion());
        if (log.error != null) {
            throw DockerFailures.ofBuild(base, log.error);
        }
    }

    public String create(String image, Consumer<CreateContainerCmd> profile)
            throws SandboxFailureException, InterruptedException {
        return call("creating a container", SLOW, () -> {
            CreateContainerCmd command = client().createContainerCmd(image);
            profile.accept(command);
            return command.exec().getId();
        });
    }

    public void start(String container) throws SandboxFailureException, InterruptedException {
        call(
                "starting a container",
                SLOW,
                () -> client().startContainerCmd(container).exec());
    }

    /** Changes what a running container may take, swap included. */
    public void limitMemory(String container, long bytes) throws SandboxFailureException, InterruptedException {
        call(
                "changing the memory of a container",
                QUICK,
                () -> client().updateContainerCmd(container)
                        .withMemory(bytes)
                        .withMemorySwap(bytes)
                        .exec());
    }

    /** Kills and removes; nothing happens when there is no such container. */
    public void remove(String container) throws SandboxFailureException, InterruptedException {
        perform("removing a container", SLOW, () -> {
            try {
                client().removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException absent) {
                // Gone is what was asked for.
            }
        });
    }

    /** Empty when there is no such container. */
    public Optional<ContainerState> state(String container) throws SandboxFailureException, InterruptedException {
        return call("inspecting a container", QUICK, () -> {
            try {
                return Optional.of(
                        state(client().inspectContainerCmd(container).exec().getState()));
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    /** Containers with these labels, the stopped ones too. */
    public List<Container> list(Map<String, String> labels) throws SandboxFailureException, InterruptedException {
        List<Container> listed = call(
                "listing containers",
                QUICK,
                () -> client().listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(labels)
                        .exec());
        return thoseThere(listed);
    }

    /** Containers with this label, whatever its value, the stopped ones too. */
    public List<Container> list(String label) throws SandboxFailureException, InterruptedException {
        List<Container> listed = call(
                "listing containers",
                QUICK,
                () -> client().listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of(label))
                        .exec());
        return thoseThere(listed);
    }

    /** Whether a user in a container is another one outside: without root, or with {@code userns-remap}. */
    public boolean mapsUsers() throws SandboxFailureException, InterruptedException {
        List<String> options = call(
                        "telling how it is set up",
                        QUICK,
                        () -> client().infoCmd().exec())
                .getSecurityOptions();
        return options != null
                && options.stream().anyMatch(option -> option.contains("userns") || option.contains("rootless"));
    }

    private List<Container> thoseThere(List<Container> listed) throws SandboxFailureException, InterruptedException {
        List<Container> there = new ArrayList<>(listed.size());
        for (Container container : listed) {
            if (isThere(container)) {
                there.add(container);
            }
        }
        return there;
    }

    /** Docker 20.10 goes on listing a container for ever that ended by itself at the moment it was removed. */
    private boolean isThere(Container listed) throws SandboxFailureException, InterruptedException {
        return !REMOVING.equals(listed.getState()) || state(listed.getId()).isPresent();
    }

    @Override
    public void close() {
        calls.shutdownNow();
        closeClient();
    }

    /** Made when it is first needed: it takes some tenths of a second, which the start of the service need not wait for. */
    private synchronized DockerClient client() {
        if (client == null) {
            // Without a version in the path the engine answers in its own: neither too new for 20.10 nor too old for
            // 29.
            var configuration = DefaultDockerClientConfig.createDefaultConfigBuilder()
                    .withDockerHost(host.toString())
                    .withDockerTlsVerify(false)
                    .withApiVersion(RemoteApiVersion.UNKNOWN_VERSION)
                    .build();
            client = DockerClientImpl.getInstance(
                    configuration,
                    new ApacheDockerHttpClient.Builder().dockerHost(host).build());
        }
        return client;
    }

    private synchronized void closeClient() {
        if (client == null) {
            return;
        }
        try {
            client.close();
        } catch (IOException ignored) {
            // Nothing can be done about it, and nothing depends on it.
        }
    }

    private interface Call<T> {
        T make() throws InterruptedException;
    }

    private interface Action {
        void perform() throws InterruptedException;
    }

    private void perform(String doing, Duration limit, Action action)
            throws SandboxFailureException, InterruptedException {
        call(doing, limit, () -> {
            action.perform();
            return true;
        });
    }

    private <T> T call(String doing, Duration limit, Call<T> call)
            throws SandboxFailureException, InterruptedException {
        Future<T> answer = calls.submit(call::make);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw DockerFailures.timeout(doing, limit);
        } catch (ExecutionException failed) {
            throw DockerFailures.of(host, doing, failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static ContainerState state(InspectContainerResponse.ContainerState state) {
        Long exitCode = state.getExitCodeLong();
        return new ContainerState(
                Boolean.TRUE.equals(state.getRunning()),
                exitCode == null ? 0 : exitCode,
                Boolean.TRUE.equals(state.getOOMKilled()));
    }

    /** docker-java ends a failed build like a successful one; only the log says that it failed. */
    private static final class BuildLog extends ResultCallback.Adapter<BuildResponseItem> {
        private volatile @Nullable String error;

        @Override
        public void onNext(BuildResponseItem item) {
            if (item.isErrorIndicated() && item.getErrorDetail() != null) {
                error = item.getErrorDetail().getMessage();
            }
        }
    }
}
