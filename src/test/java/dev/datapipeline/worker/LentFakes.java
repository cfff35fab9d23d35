package dev.datapipeline.worker;

import dev.datapipeline.sandbox.BatchInput;
import dev.datapipeline.sandbox.BatchOutput;
import dev.datapipeline.sandbox.BatchSummary;
import dev.datapipeline.sandbox.EnginePipeline;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxFailure;
import dev.datapipeline.sandbox.SandboxFailureException;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.ScriptProblem;
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
    public Sandbox borrow(UUID run, EnginePipeline pipeline) throws SandboxFailureException {
        if (isAway) {
            throw new SandboxFailureException(SandboxFailure.DOCKER, "nobody there", null);
        }
        beforeLoan.run();
        keys.add(run);
        return new Fake(lendsTheSame ? "same" : "sandbox-" + keys.size());
    }

    @Override
    public void release(UUID run) {
        released.add(run);
    }

    @Override
    public List<ScriptProblem> check(String source) {
        throw new UnsupportedOperationException("checks nothing");
    }

    private final class Fake implements Sandbox {
        private final String id;

        Fake(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public BatchSummary run(BatchInput input, BatchOutput output) {
            return new BatchSummary(input.records(), input.records(), 0, 0);
        }

        @Override
        public void close() {
            returned.add(id);
        }
    }
}
