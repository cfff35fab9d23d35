package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.outbound.OutboundServers;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.api.ContainerExit;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.docker.image.EngineImageContext;
import dev.datapipeline.sandbox.docker.image.SandboxImage;
import dev.datapipeline.sandbox.docker.image.SandboxImages;
import dev.datapipeline.sandbox.docker.socket.EngineSocket;
import dev.datapipeline.sandbox.docker.socket.EngineUsers;
import dev.datapipeline.sandbox.docker.socket.SandboxFolder;
import dev.datapipeline.sandbox.docker.socket.SandboxUsers;
import dev.datapipeline.sandbox.docker.socket.SocketDirectory;
import dev.datapipeline.sandbox.docker.socket.SocketPeer;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.protocol.EngineConnection;
import dev.datapipeline.sandbox.engine.protocol.EngineDocuments;
import dev.datapipeline.sandbox.engine.protocol.EngineLimits;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.Closeable;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Creates a container, starts it and waits until its engine connects to the socket. Thread-safe. */
public final class ContainerLauncher implements SandboxLauncher, Closeable {
    private static final Logger LOG = Logger.getLogger(ContainerLauncher.class);

    /** How often the launcher checks that a container whose engine has not connected still runs. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final DockerEngine docker;
    private final SandboxImages images;
    private final SandboxProfile profile;
    private final SocketDirectory sockets;
    private final ServiceInstance instance;
    private final EngineUsers engineUsers;
    private final SandboxUsers users;
    private final IsolationCheck isolation;
    private final EngineLimits limits;
    private final Duration startTimeout;
    private final int processes;
    private final Ticker ticker;
    private final OutboundServers outbound;
    private final Set<String> owned = ConcurrentHashMap.newKeySet();

    /**
     * @param user number of the user and group of the sandbox, different for each
     * @param image name of its base image
     */
    private record Identity(String id, int user, String image, ContainerBounds bounds) {}

    /** @param outbound opens servers for sandboxes whose scripts call out */
    public ContainerLauncher(
            DockerEngine docker,
            SandboxConfig config,
            SandboxProfile profile,
            ServiceInstance instance,
            Ticker ticker,
            OutboundServers outbound)
            throws IOException {
        this.docker = docker;
        this.instance = instance;
        this.images = new SandboxImages(docker, new BaseImages(config), EngineImageContext.ofThisService(), ticker);
        this.profile = profile;
        this.ticker = ticker;
        this.outbound = outbound;
        this.engineUsers = new EngineUsers(docker, config);
        this.users = new SandboxUsers(
                engineUsers::range, engineUsers::inUse, instance.id().hashCode());
        this.isolation = new IsolationCheck(config);
        this.sockets = new SocketDirectory(config.socketDirectory(), instance);
        SandboxConfig.Limits bounds = config.limits();
        this.limits = EngineLimits.of(config.loadTimeout(), bounds.result(), bounds.log(), bounds.crashesPerBatch());
        this.startTimeout = config.startTimeout();
        this.processes = bounds.processors().setScale(0, RoundingMode.CEILING).intValueExact();
    }

    /** Ids of the sandboxes that are being started or in use. Other containers with the label of this process are orphans. */
    public Set<String> owned() {
        return Set.copyOf(owned);
    }

    /** Asks the engine which users its containers have; to be called every few seconds. */
    public void refreshUsers() throws SandboxFailureException, InterruptedException {
        users.refresh();
    }

    @Override
    public Sandbox launch(String image) throws SandboxFailureException, InterruptedException {
        return new DockerSandbox(launch(image, profile.ofSandboxes()));
    }

    /** A container that carries out orders of builds. */
    DockerBuilder launchBuilder(String image) throws SandboxFailureException, InterruptedException {
        return new DockerBuilder(launch(image, profile.ofBuilders()), processes);
    }

    /** The image of containers with this base, as Docker names it. */
    String image(String base) throws SandboxFailureException, InterruptedException {
        return images.of(base).name();
    }

    private RunningContainer launch(String image, ContainerBounds bounds)
            throws SandboxFailureException, InterruptedException {
        Identity identity = new Identity(UUID.randomUUID().toString(), users.reserve(), image, bounds);
        owned.add(identity.id);
        try {
            return launch(identity, sockets.newFolder());
        } catch (IOException failure) {
            forget(identity);
            throw new SandboxFailureException(
                    SandboxFailure.DOCKER, "No socket for a sandbox: " + failure.getMessage(), failure);
        } catch (SandboxFailureException | InterruptedException | RuntimeException failure) {
            forget(identity);
            throw failure;
        }
    }

    private void forget(Identity identity) {
        owned.remove(identity.id);
        users.release(identity.user);
    }

    private static void remove(SandboxFolder folder) {
        try {
            folder.close();
        } catch (IOException leftover) {
            LOG.debug("The folder of a sandbox is left to the next start", leftover);
        }
    }

    /** Called when no sandbox is started any more. */
    @Override
    public void close() {
        try {
            sockets.close();
        } catch (IOException leftover) {
            LOG.debug("The folder of the sockets is left to the next start", leftover);
        }
    }

    private RunningContainer launch(Identity identity, SandboxFolder folder)
            throws SandboxFailureException, InterruptedException, IOException {
        try (EngineSocket socket = folder.listenForEngine()) {
            return start(identity, folder, socket);
        } catch (SandboxFailureException | IOException | InterruptedException | RuntimeException failure) {
            remove(folder);
            throw failure;
        }
    }

    private RunningContainer start(Identity identity, SandboxFolder folder, EngineSocket socket)
            throws SandboxFailureException, InterruptedException, IOException {
        String container = create(identity, folder);
        try {
            docker.start(container);
            EngineConnection connection =
                    new EngineConnection(connected(container, socket, identity.user), limits, ticker);
            EngineDocuments.Hello hello = connection.greet(startTimeout);
            isolation.check(hello.confinement(), identity.user, identity.bounds.memory());
            LOG.debugf("Sandbox %s is up: Python %s, %s", identity.id, hello.python(), hello.json());
            OutboundSocket calls = new OutboundSocket(outbound, folder, users(identity.user));
            return new RunningContainer(identity.id, container, docker, connection, calls, () -> {
                remove(folder);
                forget(identity);
            });
        } catch (SandboxFailureException | IOException | InterruptedException | RuntimeException failure) {
            removeAfter(failure, container);
            throw failure;
        }
    }

    /** A container that cannot be removed is left to {@link OrphanSweeper}; the first failure is reported. */
    private void removeAfter(Exception failure, String container) throws InterruptedException {
        try {
            docker.remove(container);
        } catch (SandboxFailureException another) {
            failure.addSuppressed(another);
        }
    }

    private String create(Identity identity, SandboxFolder folder)
            throws SandboxFailureException, InterruptedException {
        SandboxImage image = images.of(identity.image);
        Map<String, String> labels = new HashMap<>(ContainerLabels.of(instance, identity.id));
        labels.put(SandboxUsers.LABEL, Integer.toString(identity.user));
        try {
            ContainerPlan plan = new ContainerPlan(
                    labels,
                    identity.user,
                    identity.bounds,
                    folder,
                    sockets.relative(folder.path()).toString());
            return docker.create(image.name(), command -> profile.apply(command, plan));
        } catch (SandboxFailureException failure) {
            if (failure.failure() == SandboxFailure.IMAGE) {
                image.forget();
            }
            throw failure;
        }
    }

    private SocketChannel connected(String container, EngineSocket socket, int user)
            throws SandboxFailureException, InterruptedException, IOException {
        Deadline deadline = ticker.deadlineIn(startTimeout);
        while (true) {
            SocketChannel connection = socket.accept(POLL_INTERVAL);
            if (connection != null && isOfSandbox(connection, user)) {
                return connection;
            }
            boolean runs = docker.state(container)
                    .filter(DockerEngine.ContainerState::isRunning)
                    .isPresent();
            if (!runs || deadline.isOver()) {
                throw SandboxFailureException.died(
                        "The engine of a new sandbox did not connect. " + ContainerExit.of(docker, container), null);
            }
        }
    }

    /** The users of processes in a sandbox, as the kernel tells them to this process. */
    private Predicate<UserPrincipal> users(int user) throws IOException {
        return engineUsers.areSeenFromOutside() ? SocketPeer.principal(user)::equals : any -> true;
    }

    /** Another user of this machine may have found the socket and connected before the engine. */
    private boolean isOfSandbox(SocketChannel connection, int user) throws IOException {
        if (!engineUsers.areSeenFromOutside() || SocketPeer.isOf(user, connection)) {
            return true;
        }
        LOG.warn("Another process than its engine connected to the socket of a new sandbox, and was rejected");
        connection.close();
        return false;
    }
}
