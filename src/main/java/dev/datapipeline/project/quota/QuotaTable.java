package dev.datapipeline.project.quota;

import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.project.Quotas;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the quotas of projects, and what they take. */
@Singleton
class QuotaTable {
    private static final Sql OWN = Sql.of(
            "select max_open_runs, max_storage_bytes, max_trials, max_model_money from project where id = :project");

    private static final Sql OPEN_RUNS =
            Sql.of("select count(*) as runs from run where project_id = :project and status in ('QUEUED', 'RUNNING')");

    private static final Sql STORAGE = Sql.of("""
            select (select coalesce(sum(bytes), 0) from dataset where project_id = :project)::bigint
                   + (select coalesce(sum(b.results_length + b.log_length), 0)
                        from batch b join run r on r.id = b.run_id where r.project_id = :project)::bigint as bytes""");

    /** An open run may spend its budget; a run without one has spent what it has spent. */
    private static final Sql MODEL_MONEY = Sql.of("""
            select coalesce(sum(case when r.status in ('QUEUED', 'RUNNING', 'PAUSED')
                                     then greatest(b.amount, u.spent) else u.spent end), 0)::bigint as money
              from run r
              join llm_budget b on b.run_id = r.id
              cross join lateral (select coalesce(sum(spent + unsettled), 0) as spent
                                    from llm_usage where budget_id = b.id) u
             where r.project_id = :project and r.id is distinct from :except::uuid
               and r.created_at >= date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'""");

    private final Transactions transactions;

    QuotaTable(Transactions transactions) {
        this.transactions = transactions;
    }

    Quotas own(UUID project) {
        return transactions
                .run(transaction ->
                        transaction.query(OWN).set("project", project).first(Quotas::of))
                .orElse(Quotas.NONE);
    }

    long openRuns(UUID project) {
        return transactions.run(transaction ->
                transaction.query(OPEN_RUNS).set("project", project).only(row -> row.number("runs")));
    }

    long storageBytes(UUID project) {
        return transactions.run(transaction ->
                transaction.query(STORAGE).set("project", project).only(row -> row.number("bytes")));
    }

    /** @param except a run that does not count; null counts all */
    Picodollars modelMoney(UUID project, @Nullable UUID except) {
        return transactions.run(transaction -> transaction
                .query(MODEL_MONEY)
                .set("project", project)
                .set("except", except)
                .only(row -> new Picodollars(row.number("money"))));
    }
}
