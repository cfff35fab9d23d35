package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.BatchClaim;
import dev.datapipeline.run.store.batch.BatchOutcome;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.run.store.batch.FinishResult;
import dev.datapipeline.run.store.batch.FinishResult.Finish;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.time.Deadline;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One claimed attempt at a batch. It ends exactly once; closing an attempt that has not ended releases its batch. One thread uses it; other
 * threads may renew its lease or abort it.
 */
final class BatchAttempt implements AutoCloseable {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    private static final String TURN_ENDED =
            "Other runs waited for a slot. The batch runs again from its first record, with ten times as much time.";

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
     * @param reliable until when the batch certainly belongs to this attempt
     * @param onClosed called once, when the attempt no longer works on the batch
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

    /** Sets the sandbox to abort with the attempt; aborts it at once when the attempt was aborted before. */
    synchronized void useSandbox(SandboxLease lease) {
        sandbox = lease;
        if (isAborted) {
            lease.abort();
        }
    }

    /** Ends the work on the batch, from any thread; false when it was aborted before. */
    synchronized boolean abort() {
        boolean isFirst = !isAborted;
        isAborted = true;
        if (isFirst && sandbox != null) {
            sandbox.abort();
        }
        return isFirst;
    }

    /** Aborts the attempt so that another run gets its slot. */
    void endTurn() {
        reason = TURN_ENDED;
        abort();
    }

    Finish finish(BatchOutcome outcome) {
        return end(() -> batches.finish(claim, owner, outcome));
    }

    FinishResult<BatchClaim> finishAndClaim(BatchOutcome outcome, BatchId next, Duration lease) {
        return end(() -> batches.finishAndClaim(claim, owner, outcome, next, lease));
    }

    /** Repeats the recording while the database is away and the lease certainly holds. */
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

    /** Returns how many attempts the batch has lost to the infrastructure; 0 when this attempt had lost the batch before. */
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

    private boolean pause() {
        try {
            reliable.ticker().sleep(RETRY_INTERVAL);
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
