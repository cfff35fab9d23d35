package dev.datapipeline.run.store;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunStatus;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and inserts runs. */
@Singleton
public class RunRepository implements PanacheRepositoryBase<Run, UUID> {
    public Optional<Run> findByIdempotencyKey(String key) {
        return find("idempotencyKey", key).firstResultOptional();
    }

    /** Paused runs are not among them. */
    public long countActive() {
        return count("status in ?1", List.of(RunStatus.QUEUED, RunStatus.RUNNING));
    }

    /**
     * In one state or of one dataset where those are given, newest first, after the run at {@code createdAt} with id {@code after} where those
     * are given.
     */
    public List<Run> page(
            @Nullable RunStatus status,
            @Nullable UUID dataset,
            @Nullable Instant createdAt,
            @Nullable UUID after,
            int limit) {
        return find("""
                        (?1 is null or status = ?1)
                        and datasetId = coalesce(?4, datasetId)
                        and (cast(?2 as Instant) is null or createdAt < ?2 or createdAt = ?2 and id < ?3)
                        order by createdAt desc, id desc""", status, createdAt, after, dataset)
                .page(Page.ofSize(limit))
                .list();
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
