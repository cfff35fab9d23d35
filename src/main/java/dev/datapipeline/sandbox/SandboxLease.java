package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/** A sandbox in the hands of a worker. */
final class SandboxLease implements Sandbox {
    private final RunningSandbox sandbox;
    private final RunSandboxPool owner;
    private final Runnable onReturned;
    private boolean isSound = true;
    private boolean isReturned;

    SandboxLease(RunningSandbox sandbox, RunSandboxPool owner, Runnable onReturned) {
        this.sandbox = sandbox;
        this.owner = owner;
        this.onReturned = onReturned;
    }

    @Override
    public String id() {
        return sandbox.id();
    }

    @Override
    public BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException, IOException {
        if (isReturned() || !isSound) {
            throw new IllegalStateException("the sandbox was given back or failed before");
        }
        isSound = false;
        BatchSummary summary = sandbox.run(input, output);
        isSound = true;
        return summary;
    }

    /** Somebody else may have it after it was given back. */
    @Override
    public synchronized void cutShort() {
        if (!isReturned) {
            owner.giveBack(sandbox, false);
        }
    }

    @Override
    public void close() {
        if (markReturned()) {
            owner.giveBack(sandbox, isSound);
            onReturned.run();
        }
    }

    private synchronized boolean isReturned() {
        return isReturned;
    }

    private synchronized boolean markReturned() {
        boolean isFirst = !isReturned;
        isReturned = true;
        return isFirst;
    }
}
