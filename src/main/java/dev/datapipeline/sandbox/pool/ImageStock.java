package dev.datapipeline.sandbox.pool;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;

/** The sandboxes of one image that belong to nobody yet, and whether more can be started. Not thread-safe: {@link WarmSandboxPool} guards it. */
final class ImageStock {
    private final String image;
    private final WarmStock warm;
    private final LaunchBackoff backoff;
    private final Ticker ticker;
    private int starting;
    private Deadline keptUntil;

    ImageStock(String image, Consumer<Sandbox> discard, Ticker ticker, Duration retryDelay) {
        this.image = image;
        this.warm = new WarmStock(discard);
        this.backoff = new LaunchBackoff(ticker, retryDelay);
        this.ticker = ticker;
        this.keptUntil = ticker.deadlineIn(Duration.ZERO);
    }

    String image() {
        return image;
    }

    WarmStock warm() {
        return warm;
    }

    LaunchBackoff backoff() {
        return backoff;
    }

    int starting() {
        return starting;
    }

    void begins() {
        starting++;
    }

    void ends() {
        starting--;
    }

    /** Those that are ready or being started. */
    int coming() {
        return warm.size() + starting;
    }

    void isUsed(Duration keep) {
        keptUntil = ticker.deadlineIn(keep);
    }

    /** Whether it was used a short time ago. */
    boolean isKept() {
        return !keptUntil.isOver();
    }
}
