package dev.datapipeline.project.api;

import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.project.Project;
import dev.datapipeline.project.Quotas;
import dev.datapipeline.project.quota.ProjectQuotas;
import dev.datapipeline.project.quota.Usage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a project may take of what all share, and takes.
 *
 * @param openRuns that are queued or running
 * @param storageBytes of datasets and results
 * @param trials at one time
 * @param modelMoney dollars, as decimal text, for the model calls of runs in this calendar month (UTC)
 */
@Schema(name = "ProjectQuotas")
record QuotasResponse(Count openRuns, Count storageBytes, Count trials, Money modelMoney) {
    /**
     * A quota of a count.
     *
     * @param limit null where there is none but that of the service
     * @param own whether the project sets it itself, and the settings do not
     */
    @Schema(name = "CountQuota")
    record Count(@Nullable Long limit, boolean own, long used) {
        static Count of(@Nullable Number limit, @Nullable Number own, long used) {
            return new Count(limit == null ? null : limit.longValue(), own != null, used);
        }
    }

    /**
     * A quota of money.
     *
     * @param used what is spent, and what open runs may spend
     */
    @Schema(name = "MoneyQuota")
    record Money(@Nullable String limit, boolean own, String used) {}

    static QuotasResponse of(Project project, ProjectQuotas quotas) {
        Quotas own = project.own();
        Quotas all = quotas.of(project.id());
        Usage used = quotas.usage(project.id());
        Long money = all.modelMoney();
        return new QuotasResponse(
                Count.of(all.openRuns(), own.openRuns(), used.openRuns()),
                Count.of(all.storageBytes(), own.storageBytes(), used.storageBytes()),
                Count.of(all.trials(), own.trials(), used.trials()),
                new Money(
                        money == null ? null : new Picodollars(money).text(),
                        own.modelMoney() != null,
                        used.modelMoney().text()));
    }
}
