package dev.datapipeline.testing;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.HeldPipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sandbox without a container. Its scripts are not run: their source, or the test, says what happens. Thread-safe. */
public final class FakeSandbox implements Sandbox {
    /** What a sandbox does with a batch. */
    @FunctionalInterface
    public interface BatchRun {
        BatchSummary run(BatchExchange exchange, FakeSandbox sandbox) throws SandboxFailureException, IOException;
    }

    private final String id;
    private final BatchRun batches;
    private final Consumer<String> onCheck;
    private final CountDownLatch aborted = new CountDownLatch(1);
    private volatile boolean isDead;
    private volatile @Nullable Priming primed;
    private volatile long memory;
    private volatile boolean isRemoved;

    /** Every record succeeds at once. */
    public FakeSandbox(String id) {
        this(id, (exchange, sandbox) -> succeed(exchange));
    }

    public FakeSandbox(String id, BatchRun batches) {
        this(id, batches, source -> {});
    }

    /** @param onCheck called with each script before it is checked */
    FakeSandbox(String id, BatchRun batches, Consumer<String> onCheck) {
        this.id = id;
        this.batches = batches;
        this.onCheck = onCheck;
    }

    public static BatchSummary succeed(BatchExchange exchange) {
        int records = exchange.input().records();
        return new BatchSummary(records, records, 0, 0);
    }

    public void die() {
        isDead = true;
    }

    public boolean isAborted() {
        return aborted.getCount() == 0;
    }

    public boolean isRemoved() {
        return isRemoved;
    }

    /** Lets a batch hang until the sandbox is aborted. */
    public SandboxFailureException awaitAbort() {
        try {
            if (!aborted.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody aborted the batch");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return SandboxFailureException.closed();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isReady() {
        return !isDead && !isAborted();
    }

    /** A script "break" kills the sandbox; every other script is fine. */
    @Override
    public List<ScriptProblem> check(String source) throws SandboxFailureException {
        onCheck.accept(source);
        if (source.equals("break")) {
            isDead = true;
            throw SandboxFailureException.died("broken", null);
        }
        return List.of();
    }

    @Override
    public void prime(Priming priming) {
        primed = priming;
    }

    @Override
    public void limitMemory(long bytes) {
        memory = bytes;
    }

    /** What it may take; 0 for the limit that it was started with. */
    public long memory() {
        return memory;
    }

    /** What it has imported already; null where that is nothing. */
    public @Nullable Priming primed() {
        return primed;
    }

    /** The engine refuses a pipeline whose first script is "refuse". Those with an environment import pandas from it. */
    @Override
    public List<String> load(PipelineSource source)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        if (isAborted()) {
            throw SandboxFailureException.closed();
        }
        try (HeldPipeline held = source.open()) {
            if (held.pipeline().steps().getFirst().stages().getFirst().source().equals("refuse")) {
                throw new PipelineRefusedException(new ScriptError(null, null, "SCRIPT_LOAD", "no", null, null, null));
            }
            return held.pipeline().environment() == null ? List.of() : List.of("pandas");
        }
    }

    @Override
    public BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException {
        if (isDead) {
            throw SandboxFailureException.died("dead", null);
        }
        return batches.run(exchange, this);
    }

    @Override
    public void abort() {
        aborted.countDown();
    }

    @Override
    public void remove() {
        isRemoved = true;
    }
}
