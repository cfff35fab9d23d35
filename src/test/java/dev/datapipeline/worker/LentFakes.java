package dev.datapipeline.worker;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Lends sandboxes that run nothing and keeps book of who has what. */
final class LentFakes implements Sandboxes {
    final List<UUID> keys = new ArrayList<>();
    final List<UUID> released = new ArrayList<>();
    final List<String> returned = new ArrayList<>();
    Runnable beforeLoan = () -> {};
    boolean isAway;
    /** One sandbox for all loans, as for the batches of a run that follow each other. */
    boolean lendsTheSame;

    @Override
    public Sandbox borrow(UUID run, PipelineSource pipeline) throws SandboxFailureException {
        if (isAway) {
            throw new SandboxFailureException(SandboxFailure.DOCKER, "nobody there", null);
        }
        beforeLoan.run();
        keys.add(run);
        String id = lendsTheSame ? "same" : "sandbox-" + keys.size();
        return new FakeSandbox(id, () -> returned.add(id));
    }

    @Override
    public void release(UUID run) {
        released.add(run);
    }

    @Override
    public List<ScriptProblem> check(String source) {
        throw new UnsupportedOperationException("checks nothing");
    }
}
