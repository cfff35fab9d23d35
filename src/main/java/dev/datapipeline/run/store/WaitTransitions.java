package dev.datapipeline.run.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.run.event.RunSubmitted;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets runs wait for their environments, and go on, inside the transaction of the caller. None of the batches of a waiting run is claimed. */
public final class WaitTransitions {
    private static final Sql GO_ON = sql("""
            update run set waits_for = null, revision = revision + 1
             where environment_id = :environment and waits_for is not null and status in {OPEN}
            returning id, max_parallel_batches""");

    private static final Sql WAIT = sql("""
            update run set waits_for = 'ENVIRONMENT', revision = revision + 1
             where environment_id = :environment and waits_for is null and status in {OPEN}
            returning id, max_parallel_batches""");

    private static final Sql WAITING = sql(
            "select id from run where environment_id = :environment and waits_for is not null and status in {OPEN}");

    private static final Sql ENVIRONMENT =
            Sql.of("select environment_id from run where id = :run and environment_id is not null");

    private static final Sql NOT_BEING_BUILT = sql("""
            select distinct e.id from run r join environment e on e.id = r.environment_id
             where r.waits_for is not null and r.status in {OPEN} and e.status in ('READY', 'FAILED', 'EVICTED')""");

    /** The lock on the environment lets its end be committed either before this or after the caller's transaction. */
    private static final Sql IS_READY =
            Sql.of("select status = 'READY' as is_ready from environment where id = :environment for share");

    private static final Sql SET = Sql.of("""
            update run
               set environment_id = :environment, packages = :packages::jsonb, memory_megabytes = :memory,
                   waits_for = case when :waits then 'ENVIRONMENT' end
             where id = :run""");

    private WaitTransitions() {}

    /** Lets all runs go on that wait for this environment. */
    public static List<RunSubmitted> goOn(Transaction transaction, UUID environment) {
        return transaction.query(GO_ON).set("environment", environment).list(WaitTransitions::run);
    }

    /** Lets all open runs wait that use this environment. */
    public static List<RunSubmitted> hold(Transaction transaction, UUID environment) {
        return transaction.query(WAIT).set("environment", environment).list(WaitTransitions::run);
    }

    private static RunSubmitted run(Row row) {
        return new RunSubmitted(row.id("id"), row.integer("max_parallel_batches"));
    }

    /** The open runs that wait for this environment. */
    public static List<UUID> waiting(Transaction transaction, UUID environment) {
        return transaction.query(WAITING).set("environment", environment).list(row -> row.id("id"));
    }

    /** The environment of a run; empty where it has none. */
    public static Optional<UUID> environment(Transaction transaction, UUID run) {
        return transaction.query(ENVIRONMENT).set("run", run).first(row -> row.id("environment_id"));
    }

    /** Environments that open runs wait for although nobody will build them: their end was not noticed. */
    public static List<UUID> notBeingBuilt(Transaction transaction) {
        return transaction.query(NOT_BEING_BUILT).list(row -> row.id("id"));
    }

    /**
     * Sets the environment of a run, which waits until that is ready.
     *
     * @param environment null where its scripts need no packages
     * @param packages that were asked for, as JSON; null where there are none
     * @param memoryMegabytes of each of its sandboxes; null for the limit of the settings
     * @return whether the run waits
     */
    public static boolean set(
            Transaction transaction,
            UUID run,
            @Nullable UUID environment,
            @Nullable String packages,
            @Nullable Integer memoryMegabytes) {
        boolean waits = environment != null
                && !transaction
                        .query(IS_READY)
                        .set("environment", environment)
                        .first(row -> row.isTrue("is_ready"))
                        .orElse(false);
        transaction
                .query(SET)
                .set("run", run)
                .set("environment", environment)
                .set("packages", packages)
                .set("memory", memoryMegabytes)
                .set("waits", waits)
                .update();
        return waits;
    }
}
