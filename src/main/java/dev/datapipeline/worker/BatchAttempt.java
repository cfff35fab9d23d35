package dev.datapipeline.worker;

import dev.datapipeline.run.BatchClaim;
import dev.datapipeline.run.BatchLedger;
import dev.datapipeline.run.BatchLedger.Finish;
import dev.datapipeline.run.BatchOutcome;
import java.time.Duration;

/** One claimed attempt at a batch. It ends exactly once: finished, or given back; closing gives back what was not ended. */
final class BatchAttempt implements AutoCloseable {
    private final BatchLedger ledger;
    private final BatchClaim claim;
    private final String owner;
    private boolean isEnded;

    BatchAttempt(BatchLedger ledger, BatchClaim claim, String owner) {
        this.ledger = ledger;
        this.claim = claim;
        this.owner = owner;
    }

    BatchClaim claim() {
        return claim;
    }

    Finish finish(BatchOutcome outcome) {
        end();
        return ledger.finish(claim, owner, outcome);
    }

    /** Returns how often the batch was disturbed so far, 0 when it was lost already. */
    int disturbed(Duration delay, String reason) {
        end();
        return ledger.disturbed(claim, owner, delay, reason);
    }

    void engineDied(Duration delay, String reason) {
        end();
        ledger.engineDied(claim, owner, delay, reason);
    }

    private void end() {
        if (isEnded) {
            throw new IllegalStateException("attempt ended twice: " + claim);
        }
        isEnded = true;
    }

    @Override
    public void close() {
        if (!isEnded) {
            end();
            ledger.giveBack(claim, owner);
        }
    }
}
