package dev.datapipeline.sandbox.docker;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.docker.api.ContainerExit;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.HeldPipeline;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.protocol.EngineConnection;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

final class DockerSandbox implements Sandbox {
    private static final Logger LOG = Logger.getLogger(DockerSandbox.class);

    private final String id;
    private final String container;
    private final DockerEngine docker;
    private final EngineConnection connection;
    private final OutboundSocket outbound;
    private final Runnable onRemoved;

    /** @param onRemoved called when no more is going to be done about the container */
    DockerSandbox(
            String id,
            String container,
            DockerEngine docker,
            EngineConnection connection,
            OutboundSocket outbound,
            Runnable onRemoved) {
        this.id = id;
        this.container = container;
        this.docker = docker;
        this.connection = connection;
        this.outbound = outbound;
        this.onRemoved = onRemoved;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isReady() {
        return connection.isReady();
    }

    @Override
    public List<ScriptProblem> check(String source) throws SandboxFailureException {
        try {
            return connection.check(source);
        } catch (SandboxFailureException failure) {
            throw explained(failure);
        }
    }

    @Override
    public void load(PipelineSource pipeline)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        try {
            connection.load(() -> withOutbound(pipeline.open()));
        } catch (SandboxFailureException failure) {
            throw explained(failure);
        }
    }

    /** The socket is there before the engine is told of it. */
    private HeldPipeline withOutbound(HeldPipeline held) throws SandboxFailureException {
        OutboundAccess access = held.pipeline().outbound();
        if (access == null) {
            return held;
        }
        try {
            outbound.open(access);
            return held;
        } catch (IOException failure) {
            held.close();
            throw new SandboxFailureException(
                    SandboxFailure.DOCKER, "No socket for calls of scripts: " + failure.getMessage(), failure);
        }
    }

    @Override
    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        outbound.begins(exchange.input());
        try {
            return connection.run(exchange);
        } catch (SandboxFailureException failure) {
            throw explained(failure);
        } finally {
            outbound.ended(exchange.input());
        }
    }

    @Override
    public void abort() {
        outbound.abort();
        connection.close();
    }

    @Override
    public void remove() {
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
    private SandboxFailureException explained(SandboxFailureException failure) {
        if (failure.failure() != SandboxFailure.ENGINE_DIED) {
            return failure;
        }
        return SandboxFailureException.died(failure.getMessage() + " " + ContainerExit.of(docker, container), failure);
    }
}
