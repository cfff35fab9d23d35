package dev.datapipeline.sandbox.pool;

import static dev.datapipeline.testing.Eventually.eventually;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.testing.FakeLauncher;
import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A pool with two warm sandboxes and at most four, over a launcher and a clock that the test controls. */
@Timeout(60)
abstract class SandboxPoolFixture {
    static final EnginePipeline PIPELINE = Batches.pipeline("ok");
    static final SandboxOwner RUN = new SandboxOwner(new UUID(1, 1), 0);
    static final SandboxOwner OTHER_RUN = new SandboxOwner(new UUID(1, 2), 0);

    static final Duration LEASE_TIMEOUT = Duration.ofMinutes(1);
    static final Duration RETRY_DELAY = Duration.ofSeconds(5);
    static final Duration REFILL_DELAY = Duration.ofSeconds(2);
    static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    /** A thread for each task; the common pool may have one only. */
    static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().start(task);

    static final int PRIMED = 2;

    final AtomicBoolean isMemoryShort = new AtomicBoolean();
    final SettableTicker ticker = new SettableTicker();
    final FakeLauncher launcher = new FakeLauncher();
    SandboxPool pool = pool(2, 4);

    @AfterEach
    void close() {
        pool.close();
    }

    String leaseAndClose(SandboxOwner run) throws Exception {
        try (SandboxLease sandbox = pool.lease(request(run, PIPELINE))) {
            return sandbox.id();
        }
    }

    CompletableFuture<String> leasing(SandboxOwner run) throws Exception {
        CompletableFuture<String> id = CompletableFuture.supplyAsync(() -> {
            try {
                return leaseAndClose(run);
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        eventually("it waits", () -> pool.waiting() == 1);
        return id;
    }

    static BatchSummary run(SandboxLease sandbox, int records) throws Exception {
        return sandbox.run(new BatchExchange(Batches.numbered(records), new Batches.Kept()));
    }

    static SandboxRequest request(SandboxOwner owner, PipelineSource pipeline) {
        return new SandboxRequest(owner, pipeline, false);
    }

    SandboxPool pool(int warm, int limit) {
        return new SandboxPool(
                launcher,
                new PoolSettings(warm, PRIMED, limit, LEASE_TIMEOUT, RETRY_DELAY, REFILL_DELAY, IDLE_TIMEOUT),
                isMemoryShort::get,
                ticker);
    }
}
