package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.builder.BuilderTarget;
import dev.datapipeline.sandbox.builder.CompileCount;
import dev.datapipeline.sandbox.builder.CompileOrder;
import dev.datapipeline.sandbox.builder.CompiledFiles;
import dev.datapipeline.sandbox.builder.Resolution;
import dev.datapipeline.sandbox.builder.ResolveOrder;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.protocol.BuilderConnection;
import java.io.IOException;
import java.util.function.Consumer;

final class DockerBuilder implements Builder {
    private final RunningContainer container;
    private final BuilderConnection connection;
    private final int processes;

    /** @param processes that compile at one time */
    DockerBuilder(RunningContainer container, int processes) {
        this.container = container;
        this.connection = container.connection().builder();
        this.processes = processes;
    }

    @Override
    public BuilderTarget inspect() throws SandboxFailureException, InterruptedException {
        try {
            return connection.inspect();
        } catch (SandboxFailureException failure) {
            throw container.explained(failure);
        }
    }

    @Override
    public Resolution resolve(ResolveOrder order, Consumer<String> log)
            throws SandboxFailureException, InterruptedException {
        container.openOutbound(order.index());
        try {
            return connection.resolve(order, log);
        } catch (SandboxFailureException failure) {
            throw container.explained(failure);
        }
    }

    @Override
    public CompileCount compile(CompileOrder order, CompiledFiles files)
            throws SandboxFailureException, IOException, InterruptedException {
        try {
            return connection.compile(order, processes, files);
        } catch (SandboxFailureException failure) {
            throw container.explained(failure);
        }
    }

    @Override
    public void abort() {
        container.abort();
    }

    @Override
    public void close() {
        container.remove();
    }
}
