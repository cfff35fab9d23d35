package dev.datapipeline.project;

import dev.datapipeline.database.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a project may take; null where nothing is said.
 *
 * @param openRuns runs that are queued or running at one time
 * @param storageBytes of datasets and results together
 * @param trials at one time
 * @param modelMoney picodollars that model calls of runs may cost in a calendar month (UTC)
 */
public record Quotas(
        @Nullable Integer openRuns,
        @Nullable Long storageBytes,
        @Nullable Integer trials,
        @Nullable Long modelMoney) {
    public static final Quotas NONE = new Quotas(null, null, null, null);

    /** From the columns of a project. */
    public static Quotas of(Row row) {
        return new Quotas(
                row.optionalInteger("max_open_runs"),
                row.optionalNumber("max_storage_bytes"),
                row.optionalInteger("max_trials"),
                row.optionalNumber("max_model_money"));
    }

    /** These, and where nothing is said the others. */
    public Quotas orElse(Quotas others) {
        return new Quotas(
                openRuns == null ? others.openRuns : openRuns,
                storageBytes == null ? others.storageBytes : storageBytes,
                trials == null ? others.trials : trials,
                modelMoney == null ? others.modelMoney : modelMoney);
    }
}
