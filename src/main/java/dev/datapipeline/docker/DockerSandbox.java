package dev.datapipeline.docker;

import dev.datapipeline.engine.BatchInput;
import dev.datapipeline.engine.BatchOutput;
import dev.datapipeline.engine.BatchSummary;
import dev.datapipeline.engine.EngineConnection;
import dev.datapipeline.engine.PipelineRefusedException;
import dev.datapipeline.engine.PipelineSource;
import dev.datapipeline.engine.SandboxFailure;
import dev.datapipeline.engine.SandboxFailureException;
import dev.datapipeline.engine.ScriptProblem;
import dev.datapipeline.sandbox.StartedSandbox;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/** A container and the connection to its engine. */
final class DockerSandbox implements StartedSandbox {
    private static final Logger LOG = Logger.getLogger(DockerSandbox.class);

    private final String id;
    private final String container;
    private final DockerEngine docker;
    private final EngineConnection connection;
    private final Runnable onRemoved;

    /** @param onRemoved called when no more is going to be done about the container */
    DockerSandbox(String id, String container, DockerEngine docker, EngineConnection connection, Runnable onRemoved) {
        this.id = id;
        this.container = container;
        this.docker = docker;
        this.connection = connection;
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
            connection.load(pipeline);
        } catch (SandboxFailureException failure) {
            throw explained(failure);
        }
    }

    @Override
    public BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException, IOException {
        try {
            return connection.run(input, output);
        } catch (SandboxFailureException failure) {
            throw explained(failure);
        }
    }

    @Override
    public void end() {
        connection.close();
    }

    @Override
    public void remove() {
        connection.close();
        try {
            docker.remove(container);
        } catch (SandboxFailureException failure) {
            LOG.warnf("Sandbox %s is left for the sweep: %s", id, failure.getMessage());
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
        return SandboxFailureException.died(failure.getMessage() + " " + ContainerEnd.of(docker, container), failure);
    }
}
