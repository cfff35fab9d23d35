package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.ChecksBusyException;
import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.time.Ticker;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Leases sandboxes to runs and trials, which keep theirs between batches; when all are in use, idle ones of others are discarded. */
public final class SandboxPool implements Sandboxes, Closeable {
    /** Scripts that are checked or wait for it; each holds a thread of the API. */
    private static final int MAX_CHECKS = 32;

    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

    private final PoolSettings settings;
    private final Ticker ticker;
    private final WarmSandboxPool warm;
    private final CheckSandboxPool checks;
    private final Map<SandboxOwner, RunSandboxPool> owners = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    public SandboxPool(SandboxLauncher launcher, PoolSettings settings, Ticker ticker) {
        this(launcher, settings, () -> false, ticker);
    }

    /** @param isMemoryShort whether no sandboxes are to be kept but those that any run can use */
    public SandboxPool(SandboxLauncher launcher, PoolSettings settings, BooleanSupplier isMemoryShort, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.warm = new WarmSandboxPool(launcher, settings, this::hasOwners, isMemoryShort, ticker);
        this.checks = new CheckSandboxPool(warm, settings.forChecks(), MAX_CHECKS, CHECK_TIMEOUT);
    }

    public void open() {
        warm.open();
    }

    @Override
    public SandboxLease lease(SandboxRequest request)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        RunSandboxPool owned = owners.computeIfAbsent(request.owner(), this::newOwner);
        Sandbox sandbox = request.isSingleUse()
                ? warm.take(request.base(), Optional::empty, this::evictOne)
                : warm.take(request.base(), owned::leaseIdle, this::evictOne);
        if (!owned.isLeased(sandbox)) {
            load(sandbox, request, owned);
        }
        return new SandboxLease(sandbox, (returned, isReusable) -> {
            owned.takeBack(returned, isReusable && !request.isSingleUse());
            warm.signalReturn();
        });
    }

    private RunSandboxPool newOwner(SandboxOwner owner) {
        return new RunSandboxPool(ticker, settings.idleTimeout(), warm::discard);
    }

    private void load(Sandbox fresh, SandboxRequest request, RunSandboxPool owned)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        owned.add(fresh);
        if (isClosed) {
            release(request.owner());
        }
        boolean isLoaded = false;
        try {
            if (request.memory() != null) {
                fresh.limitMemory(request.memory());
            }
            List<String> modules = fresh.load(request.pipeline());
            isLoaded = true;
            warm.learned(request.base(), modules);
        } finally {
            if (!isLoaded) {
                warm.learned(request.base(), List.of());
                owned.takeBack(fresh, false);
            }
        }
    }

    @Override
    public void release(SandboxOwner owner) {
        RunSandboxPool released = owners.remove(owner);
        if (released != null) {
            released.release();
        }
    }

    @Override
    public List<ScriptProblem> check(String image, String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException {
        return checks.check(image, source);
    }

    /** Why no sandbox is available at present, in words for an operator. */
    public Optional<String> trouble() {
        return warm.trouble();
    }

    /** Sandboxes that have started and belong to nobody yet. */
    public int warm() {
        return warm.warm();
    }

    /** Sandboxes at work. */
    public int leased() {
        return owners.values().stream().mapToInt(RunSandboxPool::leased).sum();
    }

    /** Sandboxes that their owners keep between batches. */
    public int idle() {
        return owners.values().stream().mapToInt(RunSandboxPool::idle).sum();
    }

    /** Sandboxes of every kind, until they are removed. */
    public int living() {
        return warm.living();
    }

    /** Callers who wait for a sandbox. */
    public int waiting() {
        return warm.waiting();
    }

    /** Discards sandboxes that died or have been idle for too long; to be called every few seconds. */
    public void tidy() {
        warm.tidy();
        checks.tidy();
        owners.values().forEach(RunSandboxPool::tidy);
    }

    /** Destroys every sandbox, also leased ones; a batch in one of them ends with {@link SandboxFailure#CLOSED}. */
    @Override
    public void close() {
        isClosed = true;
        List.copyOf(owners.keySet()).forEach(this::release);
        checks.close();
        warm.close();
    }

    private void evictOne() {
        for (RunSandboxPool owned : owners.values()) {
            if (owned.evict()) {
                return;
            }
        }
    }

    /** True also between two batches of a run: a small run is over before a sandbox that is started for the stock is ready. */
    private boolean hasOwners() {
        return !owners.isEmpty();
    }
}
