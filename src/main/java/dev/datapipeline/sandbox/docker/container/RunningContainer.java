package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.sandbox.docker.api.ContainerExit;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.protocol.EngineConnection;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * A container whose engine has connected.
 *
 * @param id of the sandbox, known before the container is made
 * @param container id that Docker gave it
 * @param onRemoved called when no more is going to be done about the container
 */
record RunningContainer(
        String id,
        String container,
        DockerEngine docker,
        EngineConnection connection,
        OutboundSocket outbound,
        Runnable onRemoved) {
    private static final Logger LOG = Logger.getLogger(RunningContainer.class);

    /** Listens for calls out of the container, before its engine is told of it. */
    void openOutbound(OutboundAccess access) throws SandboxFailureException {
        try {
            outbound.open(access);
        } catch (IOException failure) {
            throw new SandboxFailureException(
                    SandboxFailure.DOCKER, "No socket for calls of scripts: " + failure.getMessage(), failure);
        }
    }

    void limitMemory(long bytes) throws SandboxFailureException, InterruptedException {
        docker.limitMemory(container, bytes);
    }

    /** Closes the connection at once: the engine exits, and a request under way ends with CLOSED. */
    void abort() {
        outbound.abort();
        connection.close();
    }

    /** Never fails: {@link OrphanSweeper} removes what cannot be removed now. */
    void remove() {
        outbound.close();
        connection.close();
        try {
            docker.remove(container);
        } catch (SandboxFailureException failure) {
            LOG.warnf("sandbox %s could not be removed, the next sweep tries again: %s", id, failure.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            onRemoved.run();
        }
    }

    /** Adds what Docker knows about the end of the container. */
    SandboxFailureException explained(SandboxFailureException failure) {
        if (failure.failure() != SandboxFailure.ENGINE_DIED) {
            return failure;
        }
        return SandboxFailureException.died(failure.getMessage() + " " + ContainerExit.of(docker, container), failure);
    }
}
