package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.SandboxBase;
import dev.datapipeline.sandbox.pool.stock.ImageStock;
import dev.datapipeline.sandbox.pool.stock.ImageStocks;
import dev.datapipeline.sandbox.pool.stock.LaunchOrder;
import dev.datapipeline.sandbox.pool.stock.PrimedStock;
import dev.datapipeline.sandbox.pool.stock.WaitingLine;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out new sandboxes in the order in which callers ask, keeps some warm, and never has more than the limit. Thread-safe: this class
 * holds the lock and the counts; {@link WaitingLine}, {@link ImageStocks} and {@link PrimedStock} are its parts.
 *
 * <p>{@link BackgroundLauncher} starts sandboxes on two threads. Both start sandboxes for callers who wait, but only one at a time fills the
 * stock, and one at a time starts a sandbox of a named image, which may have to be pulled. After a failed start callers for this image fail at
 * once until the pause is over; then a start is tried again, with the default image for ever, whether or not a caller waits.
 */
final class WarmSandboxPool implements Closeable, BackgroundLauncher.Demand {
    /** How often the launcher checks conditions that nobody notifies: the ends of pauses, and whether there are runs. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

    private final PoolSettings settings;
    private final BooleanSupplier isBusy;
    private final Ticker ticker;
    private final SandboxRemover remover = new SandboxRemover();
    private final BackgroundLauncher launcher;
    private final WaitingLine line = new WaitingLine();
    private final ImageStocks stocks;
    private final PrimedStock primed;
    private final BooleanSupplier isMemoryShort;
    /** Starting, warm, taken, or not removed yet. */
    private int living;
    /** Discarded and not removed yet. Not guarded by the lock, because callers discard while they hold locks of their own. */
    private final AtomicInteger leaving = new AtomicInteger();

    private Deadline nextRefill;
    private boolean isClosed;

    /**
     * @param isBusy whether there are runs, so that the stock is filled later
     * @param isMemoryShort whether no sandboxes are to be kept but those that any run can use
     */
    WarmSandboxPool(
            SandboxLauncher launcher,
            PoolSettings settings,
            BooleanSupplier isBusy,
            BooleanSupplier isMemoryShort,
            Ticker ticker) {
        this.settings = settings;
        this.isBusy = isBusy;
        this.ticker = ticker;
        this.launcher = new BackgroundLauncher(launcher, this);
        this.stocks = new ImageStocks(settings, this::discard, ticker);
        this.primed = new PrimedStock(settings.primed(), settings.idleTimeout(), this::discard, ticker);
        this.isMemoryShort = isMemoryShort;
        this.nextRefill = ticker.deadlineIn(Duration.ZERO);
    }

    void open() {
        launcher.open();
    }

    /** Takes a sandbox that nobody has used, and waits for one if necessary. The caller must {@link #discard} it at the end. */
    Sandbox take(SandboxBase base) throws SandboxFailureException, InterruptedException {
        return take(base, Optional::empty, () -> {});
    }

    /** Takes an idle sandbox of the caller or an unused one, whichever comes first; {@code makeRoom} discards an idle one of anybody. */
    synchronized Sandbox take(SandboxBase base, Supplier<Optional<Sandbox>> ownIdle, Runnable makeRoom)
            throws SandboxFailureException, InterruptedException {
        Optional<Sandbox> own = ownIdle.get();
        if (own.isPresent()) {
            return own.get();
        }
        Deadline deadline = ticker.deadlineIn(settings.leaseTimeout());
        WaitingLine.Place place = line.join(base.image());
        notifyAll();
        try {
            Sandbox fresh = pollWarm(place, base);
            while (fresh == null) {
                failIfHopeless(stocks.of(base.image()), deadline);
                if (isMoreRoomNeeded() && !discardSpare()) {
                    makeRoom.run();
                }
                ticker.await(this, deadline);
                own = ownIdle.get();
                if (own.isPresent()) {
                    return own.get();
                }
                fresh = pollWarm(place, base);
            }
            nextRefill = ticker.deadlineIn(settings.refillDelay());
            stocks.noteUse(stocks.of(base.image()));
            return fresh;
        } finally {
            line.leave(place);
            notifyAll();
        }
    }

    /** Whether more callers wait than sandboxes can come without another one being discarded. */
    private boolean isMoreRoomNeeded() {
        int missing =
                line.images().mapToInt(image -> stocks.missing(image, line)).sum();
        return missing > Math.max(0, settings.limit() - living) + leaving.get();
    }

    /** Discards a sandbox that is only for certain runs, else one of an image that nobody waits for, a named one first. */
    private boolean discardSpare() {
        Sandbox unneeded = primed.pollAny();
        if (unneeded != null) {
            discard(unneeded);
            return true;
        }
        Optional<Sandbox> spare = stocks.pollSpare(line);
        spare.ifPresent(this::discard);
        return spare.isPresent();
    }

    void discard(Sandbox sandbox) {
        leaving.incrementAndGet();
        remover.remove(sandbox, this::removed);
    }

    /** Wakes the callers who wait, because one of them may own the sandbox that was just returned. */
    synchronized void signalReturn() {
        notifyAll();
    }

    /** Discards warm sandboxes that died or are not wanted any more. */
    synchronized void tidy() {
        stocks.tidy(line);
        if (isMemoryShort.getAsBoolean()) {
            primed.clear();
        } else {
            primed.tidy();
        }
    }

    /** Scripts were loaded that import these modules of their environment first. */
    synchronized void learned(SandboxBase base, List<String> modules) {
        primed.learned(base, modules);
    }

    synchronized Optional<String> trouble() {
        return stocks.trouble();
    }

    synchronized int living() {
        return living;
    }

    synchronized int waiting() {
        return line.size();
    }

    synchronized int warm() {
        return stocks.warm() + primed.size();
    }

    /** Removes the warm sandboxes and waits a few seconds for everything discarded before. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            stocks.clear();
            primed.clear();
            notifyAll();
        }
        launcher.close();
        remover.close();
    }

    private @Nullable Sandbox pollWarm(WaitingLine.Place place, SandboxBase base) {
        if (!line.isFirst(place)) {
            return null;
        }
        Sandbox prepared = primed.poll(base);
        return prepared == null ? stocks.of(base.image()).warm().poll() : prepared;
    }

    private void failIfHopeless(ImageStock stock, Deadline deadline) throws SandboxFailureException {
        if (isClosed) {
            throw SandboxFailureException.closed();
        }
        SandboxFailureException failure = stock.backoff().failure();
        if (failure != null && stock.backoff().isPausing()) {
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
    public synchronized @Nullable LaunchOrder awaitOneMore() throws InterruptedException {
        Optional<LaunchOrder> wanted = Optional.empty();
        while (!isClosed && (wanted = oneMore()).isEmpty()) {
            ticker.await(this, ticker.deadlineIn(POLL_INTERVAL));
        }
        if (isClosed || wanted.isEmpty()) {
            return null;
        }
        LaunchOrder order = wanted.get();
        if (order.priming() == null) {
            stocks.of(order.base().image()).begins();
        } else {
            primed.begins(order.base());
        }
        living++;
        return order;
    }

    /** The sandbox that is to be started next: for a caller who waits, for the stock, or for an environment. */
    private Optional<LaunchOrder> oneMore() {
        if (living >= settings.limit()) {
            return Optional.empty();
        }
        Optional<ImageStock> awaited = stocks.awaited(line);
        boolean isRefillDue =
                stocks.starting() + primed.starting() == 0 && (nextRefill.isOver() || !isBusy.getAsBoolean());
        if (awaited.isPresent() || !isRefillDue) {
            return awaited.map(stock -> LaunchOrder.of(stock.image()));
        }
        return stocks.toFill().map(stock -> LaunchOrder.of(stock.image())).or(this::toPrime);
    }

    private Optional<LaunchOrder> toPrime() {
        return primed.toStart()
                .filter(order -> !stocks.of(order.base().image()).backoff().isPausing())
                .filter(order -> !isMemoryShort.getAsBoolean());
    }

    @Override
    public synchronized void launched(LaunchOrder order, Sandbox sandbox) {
        ImageStock stock = stocks.of(order.base().image());
        boolean isProbe = stock.backoff().failure() != null;
        stock.backoff().succeeded();
        if (order.priming() != null) {
            primed.ends(order.base());
            primed.add(order.base(), sandbox);
            if (isClosed) {
                primed.clear();
            }
            notifyAll();
            return;
        }
        stock.ends();
        if (isClosed || (isProbe && line.size(stock.image()) == 0 && stocks.isSurplus(stock))) {
            discard(sandbox);
            return;
        }
        stock.warm().add(sandbox);
        notifyAll();
    }

    @Override
    public synchronized void launchFailed(LaunchOrder order, SandboxFailureException failure) {
        ImageStock stock = stocks.of(order.base().image());
        if (order.priming() == null) {
            stock.ends();
        } else {
            primed.ends(order.base());
        }
        living--;
        stock.backoff().failed(failure);
        notifyAll();
    }

    private synchronized void removed() {
        leaving.decrementAndGet();
        living--;
        notifyAll();
    }
}
