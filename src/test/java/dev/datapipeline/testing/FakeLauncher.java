package dev.datapipeline.testing;

import dev.datapipeline.sandbox.SandboxLauncher;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Launches {@link FakeSandbox}es. A batch of one record succeeds at once, a longer one hangs until its sandbox is aborted. Checks of scripts
 * that begin with "slow" hang until {@link #endSlowChecks()}. Thread-safe.
 */
public final class FakeLauncher implements SandboxLauncher {
    private final List<FakeSandbox> launched = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger slowChecks = new AtomicInteger();
    private final CountDownLatch endOfSlowChecks = new CountDownLatch(1);
    private final Map<String, SandboxFailureException> missing = new ConcurrentHashMap<>();
    private volatile @Nullable SandboxFailureException failure;

    @Override
    public FakeSandbox launch(String image) throws SandboxFailureException {
        attempts.incrementAndGet();
        SandboxFailureException current = missing.getOrDefault(image, failure);
        if (current != null) {
            throw current;
        }
        String kind = image.equals(BaseImages.DEFAULT) ? "sandbox" : image;
        FakeSandbox sandbox = new FakeSandbox(kind + "-" + launched.size(), FakeLauncher::run, this::hangIfSlow);
        launched.add(sandbox);
        return sandbox;
    }

    private static BatchSummary run(BatchExchange exchange, FakeSandbox sandbox) throws SandboxFailureException {
        if (exchange.input().records() == 1) {
            return FakeSandbox.succeed(exchange);
        }
        throw sandbox.awaitAbort();
    }

    private void hangIfSlow(String source) {
        if (!source.startsWith("slow")) {
            return;
        }
        slowChecks.incrementAndGet();
        try {
            if (!endOfSlowChecks.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody ended the slow checks");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Slow checks that have begun. */
    public int slowChecks() {
        return slowChecks.get();
    }

    public void endSlowChecks() {
        endOfSlowChecks.countDown();
    }

    /** From now on launches fail, or succeed again with null. */
    public void failWith(@Nullable SandboxFailureException wanted) {
        failure = wanted;
    }

    /** From now on launches of this image fail. */
    public void failWith(String image, SandboxFailureException wanted) {
        missing.put(image, wanted);
    }

    public List<FakeSandbox> launched() {
        return List.copyOf(launched);
    }

    /** Launches that were tried, failed ones too. */
    public int attempts() {
        return attempts.get();
    }

    public FakeSandbox byId(String id) {
        return launched.stream()
                .filter(sandbox -> sandbox.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Sandboxes that are not removed yet. */
    public long living() {
        return launched.size() - removed();
    }

    public long removed() {
        return launched.stream().filter(FakeSandbox::isRemoved).count();
    }
}
