package dev.datapipeline.run.store;

import dev.datapipeline.listing.ListConditions;
import dev.datapipeline.listing.ListOrder;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunStatus;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads and inserts runs. */
@Singleton
public class RunRepository implements PanacheRepositoryBase<Run, UUID> {
    private static final String TOTALS = """
            select new %s(count(*), coalesce(sum(case when r.status in :open then 1 else 0 end), 0),
                          coalesce(sum(r.records), 0), coalesce(sum(r.succeeded), 0),
                          coalesce(sum(r.failed), 0), coalesce(sum(r.skipped), 0))
              from Run r""".formatted(Totals.class.getName());

    public Optional<Run> findByIdempotencyKey(UUID project, String key) {
        return find("projectId = ?1 and idempotencyKey = ?2", project, key).firstResultOptional();
    }

    /** Paused runs are not among them. */
    public long countActive() {
        return count("status in ?1", List.of(RunStatus.QUEUED, RunStatus.RUNNING));
    }

    /** Without their steps. */
    public List<Run> list(ListConditions conditions, ListOrder<Run> order, int limit) {
        return find("from Run r" + conditions.clause() + order.clause("r.id"), conditions.values())
                .page(Page.ofSize(limit))
                .list();
    }

    /**
     * Sums over runs.
     *
     * @param active that are queued, running or paused
     */
    @Schema(name = "RunTotals")
    public record Totals(long runs, long active, long records, long succeeded, long failed, long skipped) {}

    public Totals totals(ListConditions conditions) {
        SelectionQuery<Totals> query = getSession()
                .createSelectionQuery(TOTALS + conditions.clause(), Totals.class)
                .setParameter("open", List.of(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.PAUSED));
        conditions.values().forEach(query::setParameter);
        return query.getSingleResult();
    }

    /**
     * The steps of a run.
     *
     * @param json null where it is longer than requested
     */
    public record Steps(long bytes, @Nullable String json) {}

    /** A run with its steps. */
    public record Whole(Run run, Steps steps) {}

    /**
     * A run with its steps, in a transaction of its own.
     *
     * @param longest bytes of JSON to read; of longer steps only the size is read
     * @throws ProblemException NOT_FOUND
     */
    public Whole whole(UUID id, long longest) {
        return QuarkusTransaction.requiringNew()
                .call(() ->
                        findByIdOptional(id).flatMap(run -> steps(id, longest).map(steps -> new Whole(run, steps))))
                .orElseThrow(() -> ProblemException.notFound("run"));
    }

    private Optional<Steps> steps(UUID id, long longest) {
        return getEntityManager()
                .createNativeQuery("""
                        select size, case when size <= ?2 then steps::text end
                          from (select steps, octet_length(steps::text)::bigint size from run where id = ?1) sized""", Tuple.class)
                .setParameter(1, id)
                .setParameter(2, longest)
                .getResultStream()
                .map(row -> steps((Tuple) row))
                .findFirst();
    }

    private static Steps steps(Tuple row) {
        return new Steps(row.get(0, Long.class), row.get(1, String.class));
    }

    /** Inserts what the run may spend on model calls, in picodollars. */
    public void insertBudget(Run run, long amount) {
        getEntityManager()
                .createNativeQuery("insert into llm_budget (id, run_id, amount) values (?1, ?1, ?2)")
                .setParameter(1, run.id)
                .setParameter(2, amount)
                .executeUpdate();
    }

    /**
     * Whether an environment has its files. Until the transaction of the caller ends, its end is not committed: a run that waits for it is
     * committed before, so that it is not overlooked.
     */
    public boolean isReady(UUID environment) {
        return getEntityManager()
                .createNativeQuery("select status from environment where id = ?1 for share", String.class)
                .setParameter(1, environment)
                .getResultStream()
                .anyMatch("READY"::equals);
    }

    /** Inserts all batches of the run in one statement. They are never computed again. */
    public void insertBatches(Run run) {
        getEntityManager().createNativeQuery("""
                        insert into batch (run_id, number, first_record, records)
                        select r.id, n, n::bigint * r.batch_size, least(r.batch_size, r.records - n::bigint * r.batch_size)
                          from run r, generate_series(0, r.batches - 1) n
                         where r.id = ?1""").setParameter(1, run.id).executeUpdate();
    }
}
