package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes sandboxes in the background and keeps some of them warm. Thread-safe.
 *
 * <p>Two threads make sandboxes, both for callers who wait, one at a time to fill up. After a failure nothing is tried for a while and callers
 * fail at once; then it is tried again, for ever, whether or not anybody asks.
 */
final class WarmSandboxPool implements Closeable {
    private static final Logger LOG = Logger.getLogger(WarmSandboxPool.class);
    private static final int STARTERS = 2;

    /** For a sandbox that is being made, so that it can be removed as well. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    /** How often pauses are looked at whose end nobody announces. */
    private static final long GLANCE_MILLISECONDS = 250;

    private static final String FIRST_START =
            "The first sandbox is being made. When its image has to be built before, that takes a minute or more.";

    private final SandboxLauncher starter;
    private final PoolSettings settings;
    private final BooleanSupplier isBusy;
    private final SandboxRemover remover = new SandboxRemover();
    private final ExecutorService starters = Executors.newFixedThreadPool(
            STARTERS, Thread.ofPlatform().daemon().name("sandbox-start-", 0).factory());

    private final Deque<RunningSandbox> warm = new ArrayDeque<>();
    /** Callers who wait, in the order in which they came. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private int starting;

    /** Warm, being started, taken, or not removed yet. */
    private int living;

    /** Discarded and not removed yet; apart from the lock, for callers who discard under locks of their own. */
    private final AtomicInteger leaving = new AtomicInteger();

    private @Nullable SandboxFailureException trouble;
    private Deadline nextTry = Deadline.in(Duration.ZERO);
    private Deadline nextRefill = Deadline.in(Duration.ZERO);
    private boolean isProven;
    private boolean isClosed;

    /** @param isBusy whether there are runs, so that filling up can wait */
    WarmSandboxPool(SandboxLauncher starter, PoolSettings settings, BooleanSupplier isBusy) {
        this.starter = starter;
        this.settings = settings;
        this.isBusy = isBusy;
    }

    /** Begins to fill up. */
    void open() {
        for (int thread = 0; thread < STARTERS; thread++) {
            starters.execute(this::startForEver);
        }
    }

    /** A sandbox with nothing in it; waits for one that is being made. The caller must {@link #discard} it at the end. */
    RunningSandbox take() throws SandboxFailureException, InterruptedException {
        return take(Optional::empty, () -> {});
    }

    /**
     * A sandbox that the caller kept, or else one with nothing in it; waits for whichever comes first. New ones are handed out in the order in
     * which the callers came.
     *
     * @param kept looks for one of the caller's own, asked again whenever {@link #lookAgain} is called
     * @param makeRoom gives up a sandbox that is of no use at present, if there is one
     */
    synchronized RunningSandbox take(Supplier<Optional<RunningSandbox>> kept, Runnable makeRoom)
            throws SandboxFailureException, InterruptedException {
        Deadline deadline = Deadline.in(settings.borrowTimeout());
        Optional<RunningSandbox> own = kept.get();
        if (own.isPresent()) {
            return own.get();
        }
        Object place = new Object();
        waiting.addLast(place);
        notifyAll();
        try {
            RunningSandbox fresh = pollReady(place);
            while (fresh == null) {
                failWhenHopeless(deadline);
                if (isMoreRoomNeeded()) {
                    makeRoom.run();
                }
                wait(Math.max(1, deadline.left().toMillis()));
                own = kept.get();
                if (own.isPresent()) {
                    return own.get();
                }
                fresh = pollReady(place);
            }
            nextRefill = Deadline.in(settings.refillDelay());
            return fresh;
        } finally {
            waiting.remove(place);
            notifyAll();
        }
    }

    /** Whether somebody waits for a sandbox that can only come when another goes. */
    private boolean isMoreRoomNeeded() {
        int coming = warm.size() + starting + Math.max(0, settings.limit() - living) + leaving.get();
        return waiting.size() > coming;
    }

    /** Cuts a sandbox off at once and removes it in the background. */
    void discard(RunningSandbox sandbox) {
        leaving.incrementAndGet();
        remover.discard(sandbox, this::countRemoved);
    }

    /** Says that a sandbox is not at work any more: it may be what a caller waits for. */
    synchronized void lookAgain() {
        notifyAll();
    }

    /** Throws away warm sandboxes that died. */
    synchronized void tidy() {
        List<RunningSandbox> dead =
                warm.stream().filter(sandbox -> !sandbox.isReady()).toList();
        warm.removeAll(dead);
        dead.forEach(this::discard);
    }

    /** Why no sandbox can be had at present, in words for an operator. */
    synchronized Optional<String> trouble() {
        if (trouble != null) {
            return Optional.of(trouble.getMessage());
        }
        return isProven || settings.warm() == 0 ? Optional.empty() : Optional.of(FIRST_START);
    }

    synchronized int living() {
        return living;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized int warm() {
        return warm.size();
    }

    /** Removes what is warm and waits, within bounds, for everything discarded before. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            warm.forEach(this::discard);
            warm.clear();
            notifyAll();
        }
        starters.shutdown();
        try {
            if (!starters.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                starters.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        remover.close();
    }

    /** Nothing before it is the turn of this place. */
    private @Nullable RunningSandbox pollReady(Object place) {
        if (waiting.peekFirst() != place) {
            return null;
        }
        RunningSandbox next = warm.pollFirst();
        while (next != null && !next.isReady()) {
            discard(next);
            next = warm.pollFirst();
        }
        return next;
    }

    private void failWhenHopeless(Deadline deadline) throws SandboxFailureException {
        if (isClosed) {
            throw SandboxFailureException.closed();
        }
        if (trouble != null && !nextTry.isOver()) {
            throw new SandboxFailureException(trouble.failure(), trouble.getMessage(), trouble);
        }
        if (deadline.isOver()) {
            throw new SandboxFailureException(
                    SandboxFailure.DOCKER,
                    "No sandbox was to be had within "
                            + settings.borrowTimeout().toSeconds() + " s, with " + living + " of at most "
                            + settings.limit() + " in use. Raise datapipeline.sandbox.limit if that happens often.",
                    null);
        }
    }

    private void startForEver() {
        try {
            while (reserve()) {
                startOne();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until one more is wanted, and reserves its place; false when closed. */
    private synchronized boolean reserve() throws InterruptedException {
        while (!isClosed && !isOneMoreWanted()) {
            wait(GLANCE_MILLISECONDS);
        }
        if (isClosed) {
            return false;
        }
        starting++;
        living++;
        return true;
    }

    private boolean isOneMoreWanted() {
        if (living >= settings.limit() || (trouble != null && !nextTry.isOver())) {
            return false;
        }
        int coming = warm.size() + starting;
        if (waiting.size() > coming) {
            return true;
        }
        boolean isRefillDue = starting == 0 && (nextRefill.isOver() || !isBusy.getAsBoolean());
        return isRefillDue && (coming < settings.warm() || trouble != null);
    }

    private void startOne() throws InterruptedException {
        try {
            add(starter.start());
        } catch (SandboxFailureException failure) {
            fail(failure);
        } catch (RuntimeException | Error bug) {
            LOG.error("A sandbox could not be started", bug);
            fail(new SandboxFailureException(
                    SandboxFailure.DOCKER, "A sandbox could not be started; the log of the service says why.", bug));
        }
    }

    private synchronized void add(RunningSandbox started) {
        starting--;
        isProven = true;
        boolean isProof = trouble != null;
        if (isProof) {
            LOG.info("Sandboxes can be started again");
            trouble = null;
        }
        if (isClosed || (isProof && waiting.isEmpty() && warm.size() >= settings.warm())) {
            discard(started);
            return;
        }
        warm.addLast(started);
        notifyAll();
    }

    private synchronized void fail(SandboxFailureException failure) {
        starting--;
        living--;
        if (trouble == null || !trouble.getMessage().equals(failure.getMessage())) {
            LOG.warnf("No sandbox can be started: %s", failure.getMessage());
        }
        trouble = failure;
        nextTry = Deadline.in(settings.retryDelay());
        notifyAll();
    }

    private synchronized void countRemoved() {
        leaving.decrementAndGet();
        living--;
        notifyAll();
    }
}
