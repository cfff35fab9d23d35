package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lends sandboxes to runs. A run keeps its sandboxes between batches; when all are in use, runs give up the ones that wait. Nothing
 * of one run ever meets another: a sandbox that had a pipeline is lent to its run again or destroyed.
 */
public final class SandboxPool implements Sandboxes, Closeable {
    /** Of checks that wait or are made: each is a thread of the API. */
    private static final int MOST_CHECKS = 32;

    private static final Duration LONGEST_WAIT_FOR_A_CHECK = Duration.ofSeconds(10);

    private final PoolSettings settings;
    private final WarmSandboxPool supply;
    private final ScriptChecker checker;
    private final Map<UUID, RunSandboxPool> runs = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    public SandboxPool(SandboxLauncher starter, PoolSettings settings) {
        this.settings = settings;
        this.supply = new WarmSandboxPool(starter, settings, this::hasRuns);
        this.checker = new ScriptChecker(supply, settings.forChecks(), MOST_CHECKS, LONGEST_WAIT_FOR_A_CHECK);
    }

    /** Begins to make warm sandboxes. */
    public void open() {
        supply.open();
    }

    @Override
    public Sandbox borrow(UUID run, PipelineSource pipeline)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        RunSandboxPool owner = runs.computeIfAbsent(run, absent -> new RunSandboxPool(settings, supply::discard));
        RunningSandbox sandbox = supply.take(owner::takeIdle, this::evictOne);
        return owner.isLent(sandbox) ? lend(sandbox, owner) : load(sandbox, run, owner, pipeline);
    }

    private Sandbox load(RunningSandbox fresh, UUID run, RunSandboxPool owner, PipelineSource pipeline)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        owner.add(fresh);
        if (isClosed) {
            release(run);
        }
        boolean isLoaded = false;
        try {
            fresh.load(pipeline);
            isLoaded = true;
            return lend(fresh, owner);
        } finally {
            if (!isLoaded) {
                owner.giveBack(fresh, false);
            }
        }
    }

    @Override
    public void release(UUID run) {
        RunSandboxPool released = runs.remove(run);
        if (released != null) {
            released.release();
        }
    }

    @Override
    public List<ScriptProblem> check(String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        return checker.check(source);
    }

    /** Why no sandbox can be had at present, in words for an operator. */
    public Optional<String> trouble() {
        return supply.trouble();
    }

    /** Sandboxes that wait for a run. */
    public int warm() {
        return supply.warm();
    }

    /** Sandboxes at work. */
    public int lent() {
        return runs.values().stream().mapToInt(RunSandboxPool::lent).sum();
    }

    /** Sandboxes that their runs keep between batches. */
    public int idle() {
        return runs.values().stream().mapToInt(RunSandboxPool::idle).sum();
    }

    /** Sandboxes of every kind, until they are removed. */
    public int living() {
        return supply.living();
    }

    /** Callers who wait for a sandbox. */
    public int waiting() {
        return supply.waiting();
    }

    /** Throws away what died or waits for too long; to be called now and then. */
    public void tidy() {
        supply.tidy();
        checker.tidy();
        runs.values().forEach(RunSandboxPool::tidy);
    }

    /** Destroys every sandbox, those on loan too; a batch in one of them ends with {@link SandboxFailure#CLOSED}. */
    @Override
    public void close() {
        isClosed = true;
        List.copyOf(runs.keySet()).forEach(this::release);
        checker.close();
        supply.close();
    }

    private Sandbox lend(RunningSandbox sandbox, RunSandboxPool owner) {
        return new SandboxLease(sandbox, owner, supply::lookAgain);
    }

    private void evictOne() {
        for (RunSandboxPool run : runs.values()) {
            if (run.evict()) {
                return;
            }
        }
    }

    /** Also between two batches: small ones are over before a sandbox that is begun then is made. */
    private boolean hasRuns() {
        return !runs.isEmpty();
    }
}
