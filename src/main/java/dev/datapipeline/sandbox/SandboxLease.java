package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/** A sandbox in the hands of one thread. Closing returns it; a sandbox in which a batch failed is not reused. */
public final class SandboxLease implements AutoCloseable {
    @FunctionalInterface
    public interface Lessor {
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

    public String id() {
        return sandbox.id();
    }

    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        if (isReturned() || !isReusable) {
            throw new IllegalStateException("the sandbox was returned, or a batch failed in it");
        }
        isReusable = false;
        BatchSummary summary = sandbox.run(exchange);
        isReusable = true;
        return summary;
    }

    /** Destroys the sandbox at once, from any thread. Does nothing after the lease is closed, since it may be leased again. */
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
