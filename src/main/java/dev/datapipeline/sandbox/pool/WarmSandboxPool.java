package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out new sandboxes in the order in which callers ask, keeps some warm, and never has more than the limit. Thread-safe: this class
 * holds the lock and the counts; {@link WaitingLine}, {@link WarmStock} and {@link LaunchBackoff} are its parts.
 *
 * <p>{@link BackgroundLauncher} starts sandboxes on two threads. Both start sandboxes for callers who wait, but only one at a time fills the
 * stock. After a failed start callers fail at once until the pause is over; then a start is tried again, for ever, whether or not a
 * caller waits.
 */
final class WarmSandboxPool implements Closeable, BackgroundLauncher.Demand {
    /** How often the launcher checks conditions that nobody notifies: the ends of pauses, and whether there are runs. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private static final String FIRST_START =
            "The first sandbox is being made. When its image has to be built before, that takes a minute or more.";

    private final PoolSettings settings;
    private final BooleanSupplier isBusy;
    private final Ticker ticker;
    private final SandboxRemover remover = new SandboxRemover();
    private final BackgroundLauncher launcher;
    private final WaitingLine line = new WaitingLine();
    private final WarmStock warm = new WarmStock(this::discard);
    private final LaunchBackoff backoff;
    private int starting;
    /** Starting, warm, taken, or not removed yet. */
    private int living;
    /** Discarded and not removed yet. Not guarded by the lock, because callers discard while they hold locks of their own. */
    private final AtomicInteger leaving = new AtomicInteger();

    private Deadline nextRefill;
    private boolean isClosed;

    /** @param isBusy whether there are runs, so that the stock is filled later */
    WarmSandboxPool(SandboxLauncher launcher, PoolSettings settings, BooleanSupplier isBusy, Ticker ticker) {
        this.settings = settings;
        this.isBusy = isBusy;
        this.ticker = ticker;
        this.launcher = new BackgroundLauncher(launcher, this);
        this.backoff = new LaunchBackoff(ticker, settings.retryDelay());
        this.nextRefill = ticker.deadlineIn(Duration.ZERO);
    }

    void open() {
        launcher.open();
    }

    /** Takes a sandbox that nobody has used, and waits for one if necessary. The caller must {@link #discard} it at the end. */
    Sandbox take() throws SandboxFailureException, InterruptedException {
        return take(Optional::empty, () -> {});
    }

    /** Takes an idle sandbox of the caller or an unused one, whichever comes first; {@code makeRoom} discards an idle one of anybody. */
    synchronized Sandbox take(Supplier<Optional<Sandbox>> ownIdle, Runnable makeRoom)
            throws SandboxFailureException, InterruptedException {
        Optional<Sandbox> own = ownIdle.get();
        if (own.isPresent()) {
            return own.get();
        }
        Deadline deadline = ticker.deadlineIn(settings.leaseTimeout());
        WaitingLine.Place place = line.join();
        notifyAll();
        try {
            Sandbox fresh = pollWarm(place);
            while (fresh == null) {
                failIfHopeless(deadline);
                if (isMoreRoomNeeded()) {
                    makeRoom.run();
                }
                ticker.await(this, deadline);
                own = ownIdle.get();
                if (own.isPresent()) {
                    return own.get();
                }
                fresh = pollWarm(place);
            }
            nextRefill = ticker.deadlineIn(settings.refillDelay());
            return fresh;
        } finally {
            line.leave(place);
            notifyAll();
        }
    }

    /** Whether more callers wait than sandboxes can come without another one being discarded. */
    private boolean isMoreRoomNeeded() {
        int coming = warm.size() + starting + Math.max(0, settings.limit() - living) + leaving.get();
        return line.size() > coming;
    }

    void discard(Sandbox sandbox) {
        leaving.incrementAndGet();
        remover.remove(sandbox, this::removed);
    }

    /** Wakes the callers who wait, because one of them may own the sandbox that was just returned. */
    synchronized void signalReturn() {
        notifyAll();
    }

    /** Discards warm sandboxes that died. */
    synchronized void tidy() {
        warm.removeDead();
    }

    synchronized Optional<String> trouble() {
        SandboxFailureException failure = backoff.failure();
        if (failure != null) {
            return Optional.of(failure.getMessage());
        }
        return backoff.hasSucceeded() || settings.warm() == 0 ? Optional.empty() : Optional.of(FIRST_START);
    }

    synchronized int living() {
        return living;
    }

    synchronized int waiting() {
        return line.size();
    }

    synchronized int warm() {
        return warm.size();
    }

    /** Removes the warm sandboxes and waits a few seconds for everything discarded before. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            warm.clear();
            notifyAll();
        }
        launcher.close();
        remover.close();
    }

    private @Nullable Sandbox pollWarm(WaitingLine.Place place) {
        return line.isFirst(place) ? warm.poll() : null;
    }

    private void failIfHopeless(Deadline deadline) throws SandboxFailureException {
        if (isClosed) {
            throw SandboxFailureException.closed();
        }
        SandboxFailureException failure = backoff.failure();
        if (failure != null && backoff.isPausing()) {
            throw new SandboxFailureException(failure.failure(), failure.getMessage(), failure);
        }
        if (deadline.isOver()) {
            throw new SandboxFailureException(
                    SandboxFailure.DOCKER,
                    "No sandbox was available within "
                            + settings.leaseTimeout().toSeconds() + " s, with " + living + " of at most "
                            + settings.limit() + " in use. Raise datapipeline.sandbox.limit if that happens often.",
                    null);
        }
    }

    @Override
    public synchronized boolean awaitOneMore() throws InterruptedException {
        while (!isClosed && !isOneMoreWanted()) {
            ticker.await(this, ticker.deadlineIn(POLL_INTERVAL));
        }
        if (isClosed) {
            return false;
        }
        starting++;
        living++;
        return true;
    }

    private boolean isOneMoreWanted() {
        if (living >= settings.limit() || backoff.isPausing()) {
            return false;
        }
        int coming = warm.size() + starting;
        if (line.size() > coming) {
            return true;
        }
        boolean isRefillDue = starting == 0 && (nextRefill.isOver() || !isBusy.getAsBoolean());
        return isRefillDue && (coming < settings.warm() || backoff.failure() != null);
    }

    @Override
    public synchronized void launched(Sandbox sandbox) {
        starting--;
        boolean isProbe = backoff.failure() != null;
        backoff.succeeded();
        if (isClosed || (isProbe && line.size() == 0 && warm.size() >= settings.warm())) {
            discard(sandbox);
            return;
        }
        warm.add(sandbox);
        notifyAll();
    }

    @Override
    public synchronized void launchFailed(SandboxFailureException failure) {
        starting--;
        living--;
        backoff.failed(failure);
        notifyAll();
    }

    private synchronized void removed() {
        leaving.decrementAndGet();
        living--;
        notifyAll();
    }
}
