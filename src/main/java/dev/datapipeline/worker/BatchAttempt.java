package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.BatchClaim;
import dev.datapipeline.run.store.BatchOutcome;
import dev.datapipeline.run.store.BatchRepository;
import dev.datapipeline.run.store.FinishResult;
import dev.datapipeline.run.store.FinishResult.Finish;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.time.Deadline;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One claimed attempt at a batch. It ends exactly once: finished, or given back; closing gives back what was not ended. Used by one thread,
 * but for its lease and for being cut short.
 */
final class BatchAttempt implements AutoCloseable {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    private static final String TURN_ENDED =
            "Other runs waited for a slot. The batch runs again from its first record, and may take ten times as long then.";

    private final BatchRepository batches;
    private final BatchClaim claim;
    private final String owner;
    private final Consumer<BatchAttempt> onClosed;
    private volatile Deadline reliable;
    private @Nullable SandboxLease sandbox;
    private volatile @Nullable String reason;
    private boolean isAborted;
    private boolean isEnded;

    /**
     * @param reliable until when the batch is surely this attempt's
     * @param onClosed called once, when nothing more is done for the batch
     */
    BatchAttempt(
            BatchRepository batches,
            BatchClaim claim,
            String owner,
            Deadline reliable,
            Consumer<BatchAttempt> onClosed) {
        this.batches = batches;
        this.claim = claim;
        this.owner = owner;
        this.reliable = reliable;
        this.onClosed = onClosed;
    }

    BatchClaim claim() {
        return claim;
    }

    void leaseRenewed(Deadline until) {
        reliable = until;
    }

    boolean holdsLease() {
        return !reliable.isOver();
    }

    /** Says what the batch runs in, to be cut off with the attempt; at once, when the attempt was cut short before. */
    synchronized void useSandbox(SandboxLease lease) {
        sandbox = lease;
        if (isAborted) {
            lease.abort();
        }
    }

    /** Ends the work on the batch, from any thread; false when that was done before. */
    synchronized boolean abort() {
        boolean isFirst = !isAborted;
        isAborted = true;
        if (isFirst && sandbox != null) {
            sandbox.abort();
        }
        return isFirst;
    }

    /** Cuts the attempt short so that other runs get its slot. */
    void endTurn() {
        reason = TURN_ENDED;
        abort();
    }

    /** Records the outcome. */
    Finish finish(BatchOutcome outcome) {
        return end(() -> batches.finish(claim, owner, outcome));
    }

    /** Records the outcome and claims the batch that follows. */
    FinishResult<BatchClaim> finishAndClaim(BatchOutcome outcome, BatchId next, Duration lease) {
        return end(() -> batches.finishAndClaim(claim, owner, outcome, next, lease));
    }

    /** While the database is away tries again for as long as the lease is sure to hold. */
    private <T> T end(Supplier<T> recording) {
        requireOpen();
        while (true) {
            try {
                T recorded = recording.get();
                isEnded = true;
                return recorded;
            } catch (DatabaseException away) {
                if (!away.passes() || reliable.left().compareTo(RETRY_INTERVAL) < 0 || !pause()) {
                    throw away;
                }
            }
        }
    }

    /** Returns how often the batch was disturbed so far, 0 when it was lost already. */
    int infrastructureFailed(Duration delay, String reason) {
        requireOpen();
        int times = batches.infrastructureFailed(claim, owner, delay, reason);
        isEnded = true;
        return times;
    }

    void engineDied(Duration delay, String reason) {
        requireOpen();
        batches.engineDied(claim, owner, delay, reason);
        isEnded = true;
    }

    private void requireOpen() {
        if (isEnded) {
            throw new IllegalStateException("attempt ended twice: " + claim);
        }
    }

    /** Returns false when there is no time for it. */
    private static boolean pause() {
        try {
            Thread.sleep(RETRY_INTERVAL);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            if (!isEnded) {
                isEnded = true;
                batches.release(claim, owner, reason);
            }
        } finally {
            onClosed.accept(this);
        }
    }
}
