package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/** A sandbox in the hands of one thread. Closing returns it; a sandbox in which a batch failed is not reused. */
public final class SandboxLease implements AutoCloseable {
    /** Whoever leased the sandbox out. */
    @FunctionalInterface
    public interface Lessor {
        /** Called once when the lease ends, and once before if it is aborted. */
        void takeBack(Sandbox sandbox, boolean isReusable);
    }

    private final Sandbox sandbox;
    private final Lessor lessor;
    private boolean isReusable = true;
    private boolean isReturned;

    public SandboxLease(Sandbox sandbox, Lessor lessor) {
        this.sandbox = sandbox;
        this.lessor = lessor;
    }

    /** Identifies the sandbox. */
    public String id() {
        return sandbox.id();
    }

    /** Runs a batch as {@link Sandbox#run} does. */
    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        if (isReturned() || !isReusable) {
            throw new IllegalStateException("the sandbox was returned, or a batch failed in it");
        }
        isReusable = false;
        BatchSummary summary = sandbox.run(exchange);
        isReusable = true;
        return summary;
    }

    /**
     * Destroys the sandbox at once, from any thread: its batch ends with {@link SandboxFailure#CLOSED}. The lease still has to be closed.
     * Does nothing after that, because the sandbox may have been leased to another thread.
     */
    public synchronized void abort() {
        if (!isReturned) {
            lessor.takeBack(sandbox, false);
        }
    }

    @Override
    public void close() {
        if (markReturned()) {
            lessor.takeBack(sandbox, isReusable);
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
