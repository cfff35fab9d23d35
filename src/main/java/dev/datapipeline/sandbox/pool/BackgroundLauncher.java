package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import dev.datapipeline.sandbox.pool.stock.LaunchOrder;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts sandboxes on two threads of its own, as many as are wanted. */
final class BackgroundLauncher implements Closeable {
    private static final Logger LOG = Logger.getLogger(BackgroundLauncher.class);
    private static final int THREADS = 2;
    /** Long enough for a sandbox that is being started, so that it is removed as well. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** Decides how many sandboxes are started, and receives them. Thread-safe. */
    interface Demand {
        /** Waits until one more sandbox is wanted and counts it as starting; returns what is wanted, null when no more will be wanted. */
        @Nullable
        LaunchOrder awaitOneMore() throws InterruptedException;

        void launched(LaunchOrder order, Sandbox sandbox);

        void launchFailed(LaunchOrder order, SandboxFailureException failure);
    }

    private final SandboxLauncher launcher;
    private final Demand demand;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("sandbox-start-", 0).factory());

    BackgroundLauncher(SandboxLauncher launcher, Demand demand) {
        this.launcher = launcher;
        this.demand = demand;
    }

    void open() {
        for (int thread = 0; thread < THREADS; thread++) {
            threads.execute(this::launchWhileWanted);
        }
    }

    private void launchWhileWanted() {
        try {
            for (LaunchOrder order = demand.awaitOneMore(); order != null; order = demand.awaitOneMore()) {
                launchOne(order);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void launchOne(LaunchOrder order) throws InterruptedException {
        try {
            Sandbox sandbox = launcher.launch(order.base().image());
            prime(sandbox, order.priming());
            demand.launched(order, sandbox);
        } catch (SandboxFailureException failure) {
            demand.launchFailed(order, failure);
        } catch (RuntimeException | Error bug) {
            LOG.error("A sandbox could not be started", bug);
            demand.launchFailed(
                    order,
                    new SandboxFailureException(
                            SandboxFailure.DOCKER,
                            "A sandbox could not be started; the log of the service says why.",
                            bug));
        }
    }

    /** A sandbox in which that fails is not ready, and is discarded like one that died. */
    private static void prime(Sandbox sandbox, @Nullable Priming priming) {
        if (priming == null) {
            return;
        }
        try {
            sandbox.prime(priming);
        } catch (SandboxFailureException failure) {
            LOG.debugf("A new sandbox died: %s", failure.getMessage());
        }
    }

    /** The demand returns null before this is called. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
