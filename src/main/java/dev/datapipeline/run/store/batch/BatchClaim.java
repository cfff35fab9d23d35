package dev.datapipeline.run.store.batch;

import dev.datapipeline.result.ResultLocation;
import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import org.jspecify.annotations.Nullable;

/**
 * A batch claimed by a worker.
 *
 * @param retries how often the run had been retried; each retry may bring another pipeline
 * @param attempt the fencing token: the number of this attempt, from 1
 * @param engineDeaths earlier attempts in which the engine died
 * @param firstRecord index of the first record in the dataset
 * @param records number of records, at least 1
 * @param previous where the results of an earlier attempt are; only records that failed in it run again
 * @param retried which of these run again
 */
public record BatchClaim(
        BatchId id,
        int retries,
        int attempt,
        int engineDeaths,
        long firstRecord,
        int records,
        @Nullable ResultLocation previous,
        RetriedCauses retried) {
    /** For the log. */
    @Override
    public String toString() {
        return "batch %s/%d, attempt %d".formatted(id.run(), id.number(), attempt);
    }
}
