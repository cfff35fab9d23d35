package dev.datapipeline.sandbox.pool.stock;

import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;

/** The sandboxes of one image that belong to nobody yet, and whether more can be started. Not thread-safe: {@code WarmSandboxPool} guards it. */
public final class ImageStock {
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

    public String image() {
        return image;
    }

    public WarmStock warm() {
        return warm;
    }

    public LaunchBackoff backoff() {
        return backoff;
    }

    public int starting() {
        return starting;
    }

    public void begins() {
        starting++;
    }

    public void ends() {
        starting--;
    }

    /** Those that are ready or being started. */
    public int coming() {
        return warm.size() + starting;
    }

    public void noteUse(Duration keep) {
        keptUntil = ticker.deadlineIn(keep);
    }

    /** Whether it was used a short time ago. */
    public boolean isKept() {
        return !keptUntil.isOver();
    }
}
