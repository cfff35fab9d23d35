package dev.datapipeline.worker.result;

import dev.datapipeline.result.ResultStore;
import java.io.IOException;
import java.util.UUID;

/** Holds what a run keeps on the disk below a limit; batches at the same time exceed it by less than a step each. */
public final class ResultSizeLimit {
    private static final long STEP = 16L * 1024 * 1024;

    private final ResultStore store;
    private final UUID run;
    private final long most;

    public ResultSizeLimit(ResultStore store, UUID run, long most) {
        this.store = store;
        this.run = run;
        this.most = most;
    }

    /** @throws RunTooLargeException the run has exceeded its limit */
    void checkGrowth(long from, long to) throws IOException {
        if (from / STEP == to / STEP && to <= most) {
            return;
        }
        if (store.size(run) > most) {
            throw new RunTooLargeException(most);
        }
    }
}
