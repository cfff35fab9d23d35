package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import java.io.IOException;
import java.util.List;

final class DockerSandbox implements Sandbox {
    private final RunningContainer container;

    DockerSandbox(RunningContainer container) {
        this.container = container;
    }

    @Override
    public String id() {
        return container.id();
    }

    @Override
    public boolean isReady() {
        return container.connection().isReady();
    }

    @Override
    public List<ScriptProblem> check(String source) throws SandboxFailureException {
        try {
            return container.connection().check(source);
        } catch (SandboxFailureException failure) {
            throw container.explained(failure);
        }
    }

    @Override
    public void prime(Priming priming) throws SandboxFailureException {
        container.connection().prime(priming);
    }

    @Override
    public void limitMemory(long bytes) throws SandboxFailureException, InterruptedException {
        container.limitMemory(bytes);
    }

    @Override
    public List<String> load(PipelineSource pipeline)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        try {
            return container.connection().load(() -> withOutbound(pipeline.open()));
        } catch (SandboxFailureException failure) {
            throw container.explained(failure);
        }
    }

    /** The socket is there before the engine is told of it. */
    private HeldPipeline withOutbound(HeldPipeline held) throws SandboxFailureException {
        OutboundAccess access = held.pipeline().outbound();
        if (access == null) {
            return held;
        }
        try {
            container.openOutbound(access);
            return held;
        } catch (SandboxFailureException failure) {
            held.close();
            throw failure;
        }
    }

    @Override
    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        container.outbound().begins(exchange.input());
        try {
            return container.connection().run(exchange);
        } catch (SandboxFailureException failure) {
            throw container.explained(failure);
        } finally {
            container.outbound().ended(exchange.input());
        }
    }

    @Override
    public void abort() {
        container.abort();
    }

    @Override
    public void remove() {
        container.remove();
    }
}
