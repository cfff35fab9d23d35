package dev.datapipeline.sandbox.pool.stock;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Remembers whether sandboxes can be started, and pauses after a failure. {@code WarmSandboxPool} guards it. */
public final class LaunchBackoff {
    private static final Logger LOG = Logger.getLogger(LaunchBackoff.class);

    private final Ticker ticker;
    private final Duration pause;
    private @Nullable SandboxFailureException failure;
    private Deadline nextTry;
    private boolean hasSucceeded;

    LaunchBackoff(Ticker ticker, Duration pause) {
        this.ticker = ticker;
        this.pause = pause;
        this.nextTry = ticker.deadlineIn(Duration.ZERO);
    }

    public void succeeded() {
        if (failure != null) {
            LOG.info("Sandboxes can be started again");
        }
        failure = null;
        hasSucceeded = true;
    }

    public void failed(SandboxFailureException cause) {
        if (failure == null || !failure.getMessage().equals(cause.getMessage())) {
            LOG.warnf("No sandbox can be started: %s", cause.getMessage());
        }
        failure = cause;
        nextTry = ticker.deadlineIn(pause);
    }

    /** Why the last start failed, null when it succeeded. */
    @Nullable
    public SandboxFailureException failure() {
        return failure;
    }

    public boolean isPausing() {
        return failure != null && !nextTry.isOver();
    }

    public boolean hasSucceeded() {
        return hasSucceeded;
    }
}
