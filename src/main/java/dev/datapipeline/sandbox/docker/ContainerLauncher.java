package dev.datapipeline.sandbox.docker;

import dev.datapipeline.sandbox.RunningSandbox;
import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.api.ContainerExit;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.docker.socket.EngineUsers;
import dev.datapipeline.sandbox.docker.socket.SandboxSocket;
import dev.datapipeline.sandbox.docker.socket.SandboxUsers;
import dev.datapipeline.sandbox.docker.socket.SocketDirectory;
import dev.datapipeline.sandbox.docker.socket.SocketPeer;
import dev.datapipeline.sandbox.engine.EngineLimits;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.protocol.EngineConnection;
import dev.datapipeline.sandbox.engine.protocol.EngineDocuments;
import dev.datapipeline.time.Deadline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Makes a container, starts it and waits for its engine to come to the socket. Thread-safe. */
final class ContainerLauncher implements SandboxLauncher, Closeable {
    private static final Logger LOG = Logger.getLogger(ContainerLauncher.class);

    /** How often a container that does not come is looked after. */
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final DockerEngine docker;
    private final SandboxImage image;
    private final SandboxProfile profile;
    private final SocketDirectory sockets;
    private final ServiceInstance installation;
    private final EngineUsers engineUsers;
    private final SandboxUsers users;
    private final IsolationCheck isolation;
    private final EngineLimits limits;
    private final Duration startTimeout;
    private final Set<String> owned = ConcurrentHashMap.newKeySet();

    /** What only one sandbox has; {@code user} is the number of its user and group. */
    private record Identity(String id, int user) {}

    ContainerLauncher(DockerEngine docker, SandboxConfig config, SandboxProfile profile, ServiceInstance installation)
            throws IOException {
        this.docker = docker;
        this.installation = installation;
        this.image = new SandboxImage(docker, config.baseImage(), EngineImageContext.ofThisService());
        this.profile = profile;
        this.engineUsers = new EngineUsers(docker, config);
        this.users = new SandboxUsers(
                engineUsers::range, engineUsers::inUse, installation.id().hashCode());
        this.isolation = new IsolationCheck(config);
        this.sockets = new SocketDirectory(config.socketDirectory(), installation);
        SandboxConfig.Limits bounds = config.limits();
        this.limits = EngineLimits.of(config.loadTimeout(), bounds.result(), bounds.log(), bounds.crashesPerBatch());
        this.startTimeout = config.startTimeout();
    }

    /** Ids of the sandboxes that are being made or in use; whatever else carries the label of this process is lost. */
    Set<String> owned() {
        return Set.copyOf(owned);
    }

    /** Whose user is whose. */
    SandboxUsers users() {
        return users;
    }

    @Override
    public RunningSandbox start() throws SandboxFailureException, InterruptedException {
        Identity identity = new Identity(UUID.randomUUID().toString(), users.reserve());
        owned.add(identity.id);
        try (SandboxSocket socket = sockets.listen()) {
            return start(identity, socket);
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
        users.giveBack(identity.user);
    }

    /** Once nothing is started any more. */
    @Override
    public void close() {
        try {
            sockets.close();
        } catch (IOException leftover) {
            LOG.debug("The folder of the sockets is left to the next start", leftover);
        }
    }

    private RunningSandbox start(Identity identity, SandboxSocket socket)
            throws SandboxFailureException, InterruptedException, IOException {
        String container = create(identity, socket);
        try {
            docker.start(container);
            EngineConnection connection = new EngineConnection(connected(container, socket, identity.user), limits);
            EngineDocuments.Hello hello = connection.greet(startTimeout);
            isolation.check(hello.confinement(), identity.user);
            LOG.debugf("Sandbox %s is up: Python %s, %s", identity.id, hello.python(), hello.json());
            return new DockerSandbox(identity.id, container, docker, connection, () -> forget(identity));
        } catch (SandboxFailureException | IOException | InterruptedException | RuntimeException failure) {
            removeAfter(failure, container);
            throw failure;
        }
    }

    /** What cannot be removed is left to the sweep; the first failure is the one to tell. */
    private void removeAfter(Exception failure, String container) throws InterruptedException {
        try {
            docker.remove(container);
        } catch (SandboxFailureException another) {
            failure.addSuppressed(another);
        }
    }

    private String create(Identity identity, SandboxSocket socket)
            throws SandboxFailureException, InterruptedException {
        Map<String, String> labels = new HashMap<>(installation.labels(identity.id));
        labels.put(SandboxUsers.LABEL, Integer.toString(identity.user));
        try {
            return docker.create(
                    image.name(), command -> profile.apply(command, labels, identity.user, sockets, socket));
        } catch (SandboxFailureException failure) {
            if (failure.failure() == SandboxFailure.IMAGE) {
                image.forget();
            }
            throw failure;
        }
    }

    private SocketChannel connected(String container, SandboxSocket socket, int user)
            throws SandboxFailureException, InterruptedException, IOException {
        Deadline deadline = Deadline.in(startTimeout);
        while (true) {
            SocketChannel connection = socket.accept(GLANCE);
            if (connection != null && isOfSandbox(connection, user)) {
                return connection;
            }
            boolean runs = docker.state(container)
                    .filter(DockerEngine.ContainerState::isRunning)
                    .isPresent();
            if (!runs || deadline.isOver()) {
                throw SandboxFailureException.died(
                        "The engine of a new sandbox did not come to its socket. "
                                + ContainerExit.of(docker, container),
                        null);
            }
        }
    }

    /** Another user of this machine may have found the path of the socket and be faster than the engine. */
    private boolean isOfSandbox(SocketChannel connection, int user) throws IOException {
        if (!engineUsers.areSeenFromOutside() || SocketPeer.isOf(user, connection)) {
            return true;
        }
        LOG.warn("Somebody else than its engine came to the socket of a new sandbox, and was turned away");
        connection.close();
        return false;
    }
}
