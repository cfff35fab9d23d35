package dev.datapipeline.environment.store;

import static dev.datapipeline.run.store.Statements.sql;

import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who uses environments, and which of them may be removed. */
@Singleton
public class EnvironmentUses {
    private static final Sql USERS = sql("""
            select e.id,
                   (select count(*) from run r where r.environment_id = e.id) as runs,
                   (select count(*) from run r where r.environment_id = e.id and r.status in {OPEN}) as open_runs
              from environment e where id = any (:ids)""");

    private static final Sql PIPELINES = Sql.of("""
            select environment_id, pipeline_id, name, version
              from (select v.environment_id, v.pipeline_id, p.name, v.version,
                           row_number() over (partition by v.environment_id order by v.created_at desc) as place
                      from pipeline_version v join pipeline p on p.id = v.pipeline_id
                     where v.environment_id = any (:ids)) numbered
             where place <= :limit order by place""");

    private static final Sql BYTES = Sql.of("""
            select coalesce(sum(size), 0)::bigint as bytes, count(*) as folders
              from (select folder, max(size) as size from environment
                     where status = 'READY' and (:project::uuid is null or project_id = :project)
                     group by folder) folders""");

    private static final Sql LEAST_RECENTLY_USED = sql("""
            select id, lock_key from environment e
             where status = 'READY' and not exists (select from run r where r.environment_id = e.id and r.status in {OPEN})
             order by last_used_at, id limit :limit""");

    private static final Sql CANDIDATE = Sql.of(
            "select id, coalesce(lock_key, '') as lock_key from environment where id = :id and status in ('READY', 'EVICTED', 'FAILED')");

    private static final Sql LOCK_ROW = Sql.of(
            "select folder, lock_key from environment where id = :id and status in ('READY', 'EVICTED', 'FAILED') for update");

    private static final Sql HAS_OPEN_RUN =
            sql("select from run where environment_id = :id and status in {OPEN} limit 1");

    private static final Sql EVICT =
            Sql.of("update environment set status = 'EVICTED' where id = :id and status = 'READY'");

    private static final Sql LOCK_OPEN_ROW =
            Sql.of("select from environment where id = :id and status in ('RESOLVING', 'BUILDING') for update");

    /** Whoever builds it has another attempt, and changes nothing any more. */
    private static final Sql ABANDON = Sql.of("""
            update environment
               set status = case when lock is null then 'FAILED' else 'EVICTED' end,
                   error_code = case when lock is null then 'ENVIRONMENT_FAILED' end,
                   error_message = case when lock is null then 'Nobody waited for it any more.' end,
                   failure_until = null, waits_for = null, waits_reason = null, failures = 0, crashes = 0, deaths = 0, not_before = null,
                   attempt = attempt + 1, lease_owner = null, lease_until = null, ended_at = now()
             where id = :id""");

    /** Nobody works on them at present. */
    private static final Sql NOT_WAITED_FOR = sql("""
            select id from environment e
             where status in ('RESOLVING', 'BUILDING') and last_used_at < now() - :age * interval '1 ms'
               and (lease_until is null or lease_until < now())
               and not exists (select from run r where r.environment_id = e.id and r.status in {OPEN})
             limit 1000""");

    private static final Sql IS_SHARED =
            Sql.of("select from environment where folder = :folder and id <> :id and status = 'READY' limit 1");

    /** Nobody may have been told a moment ago to use it. */
    private static final Sql DELETE = Sql.of("""
            delete from environment e
             where id = :id and status in ('FAILED', 'EVICTED')
               and (last_used_at < now() - interval '1 min' or status = 'FAILED' and coalesce(failure_until < now(), true))
               and not exists (select from run r where r.environment_id = e.id)
               and not exists (select from pipeline_version v where v.environment_id = e.id)""");

    private static final Sql UNUSED = Sql.of("""
            select id from environment e
             where status in ('FAILED', 'EVICTED') and last_used_at < now() - :age * interval '1 ms'
               and not exists (select from run r where r.environment_id = e.id)
               and not exists (select from pipeline_version v where v.environment_id = e.id)
             limit 1000""");

    private static final Sql SPARE = Sql.of("""
            select id from environment e
             where status = 'READY' and last_used_at < now() - :age * interval '1 ms'
               and not exists (select from run r where r.environment_id = e.id)
               and not exists (select from pipeline_version v where v.environment_id = e.id)
             limit 1000""");

    private static final Sql KEPT_LOCKS =
            Sql.of("select distinct lock_key from environment where status in ('BUILDING', 'READY')");

    private static final Sql LOCKED_WHEELS = Sql.of("""
            select distinct package ->> 'sha256' as sha256
              from environment e, jsonb_array_elements(lock -> 'packages') package
             where lock is not null
               and (status in ('BUILDING', 'READY')
                    or exists (select from run r where r.environment_id = e.id)
                    or exists (select from pipeline_version v where v.environment_id = e.id))""");

    private final Transactions transactions;

    public EnvironmentUses(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Users of one environment.
     *
     * @param pipelines the newest versions that refer to it
     */
    public record Users(List<PipelineVersion> pipelines, long runs, long openRuns) {}

    /** A version of a saved pipeline. */
    public record PipelineVersion(UUID id, String name, int version) {}

    /**
     * An environment that may be removed.
     *
     * @param lockKey key of its lock, empty where it has none
     */
    public record Candidate(UUID id, String lockKey) {}

    /** Disk space of environments. */
    public record Usage(long bytes, long count) {}

    /** @param limit pipelines for each */
    public Map<UUID, Users> of(Collection<UUID> ids, int limit) {
        UUID[] wanted = ids.toArray(UUID[]::new);
        return transactions.run(transaction -> {
            Map<UUID, List<PipelineVersion>> pipelines = new HashMap<>();
            transaction
                    .query(PIPELINES)
                    .set("ids", wanted)
                    .set("limit", limit)
                    .forEach(row -> pipelines
                            .computeIfAbsent(row.id("environment_id"), absent -> new ArrayList<>())
                            .add(pipeline(row)));
            Map<UUID, Users> users = new HashMap<>();
            transaction.query(USERS).set("ids", wanted).forEach(row -> {
                UUID id = row.id("id");
                users.put(
                        id,
                        new Users(
                                List.copyOf(pipelines.getOrDefault(id, List.of())),
                                row.number("runs"),
                                row.number("open_runs")));
            });
            return users;
        });
    }

    private static PipelineVersion pipeline(Row row) {
        return new PipelineVersion(row.id("pipeline_id"), row.text("name"), row.integer("version"));
    }

    public Usage usage() {
        return usage(null);
    }

    /** @param project null for all */
    public Usage usage(@Nullable UUID project) {
        return transactions.run(transaction -> transaction
                .query(BYTES)
                .set("project", project)
                .only(row -> new Usage(row.number("bytes"), row.number("folders"))));
    }

    /** Environments that no open run uses, those first that were not used for longest. */
    public List<Candidate> leastRecentlyUsed(int limit) {
        return transactions.run(transaction ->
                transaction.query(LEAST_RECENTLY_USED).set("limit", limit).list(EnvironmentUses::candidate));
    }

    /** An environment that is not being built; empty where there is none. */
    public Optional<Candidate> candidate(UUID id) {
        return transactions.run(
                transaction -> transaction.query(CANDIDATE).set("id", id).first(EnvironmentUses::candidate));
    }

    private static Candidate candidate(Row row) {
        return new Candidate(row.id("id"), row.text("lock_key"));
    }

    /** What becomes of an environment that is to be removed. */
    public sealed interface Removal {
        /** An open run uses it, it is being built, or there is none. */
        record InUse() implements Removal {}

        /** It has no files any more. */
        record Removed(Optional<String> folder) implements Removal {}
    }

    /**
     * Evicts an environment that no open run uses.
     *
     * @return the folder to delete, none where another environment has the same
     */
    public Removal evict(UUID id) {
        return transactions.run(transaction -> {
            Optional<Optional<String>> folder = transaction
                    .query(LOCK_ROW)
                    .set("id", id)
                    .first(row -> Optional.ofNullable(row.optionalText("folder")));
            // In a statement of its own: a run may have been committed while the row was waited for.
            if (folder.isEmpty()
                    || transaction.query(HAS_OPEN_RUN).set("id", id).exists()) {
                return new Removal.InUse();
            }
            int evicted = transaction.query(EVICT).set("id", id).update();
            return new Removal.Removed(folder.get()
                    .filter(name -> evicted > 0
                            && !transaction
                                    .query(IS_SHARED)
                                    .set("folder", name)
                                    .set("id", id)
                                    .exists()));
        });
    }

    /** Ends the work on an environment that no open run waits for; returns false where one does, or it is not open. */
    public boolean abandon(UUID id) {
        return transactions.run(transaction -> {
            // In statements of their own: a run may have been committed while the row was waited for.
            if (!transaction.query(LOCK_OPEN_ROW).set("id", id).exists()
                    || transaction.query(HAS_OPEN_RUN).set("id", id).exists()) {
                return false;
            }
            return transaction.query(ABANDON).set("id", id).update() > 0;
        });
    }

    /** Environments that are to be built, that no open run waits for, and that somebody asked for so long ago. */
    public List<UUID> notWaitedFor(Duration age) {
        return transactions.run(
                transaction -> transaction.query(NOT_WAITED_FOR).set("age", age).list(row -> row.id("id")));
    }

    /** Deletes the row of an environment without files that neither a run nor a pipeline refers to. */
    public boolean delete(UUID id) {
        return transactions.run(
                transaction -> transaction.query(DELETE).set("id", id).update() > 0);
    }

    /** Environments without files that nobody refers to, and that were last used so long ago. */
    public List<UUID> unused(Duration age) {
        return transactions.run(
                transaction -> transaction.query(UNUSED).set("age", age).list(row -> row.id("id")));
    }

    /** Environments with files that nobody refers to, and that were last used so long ago. */
    public List<UUID> spare(Duration age) {
        return transactions.run(
                transaction -> transaction.query(SPARE).set("age", age).list(row -> row.id("id")));
    }

    /** Keys of the locks whose files are there or are being made. */
    public Set<String> keptLocks() {
        return new HashSet<>(
                transactions.run(transaction -> transaction.query(KEPT_LOCKS).list(row -> row.text("lock_key"))));
    }

    /** Digests of the wheels that are needed to build environments again that somebody may need again. */
    public Set<String> lockedWheels() {
        return new HashSet<>(
                transactions.run(transaction -> transaction.query(LOCKED_WHEELS).list(row -> row.text("sha256"))));
    }
}
