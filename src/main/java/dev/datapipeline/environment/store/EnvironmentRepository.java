package dev.datapipeline.environment.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for environments, and reads them. */
@Singleton
public class EnvironmentRepository {
    /** Environments that are to be resolved or built; more are not taken. */
    public static final int MAX_OPEN = 500;

    /** One asker of a declaration at a time, so that all get the same row. */
    private static final Sql WAIT_FOR_OTHERS = Sql.of("select pg_advisory_xact_lock(hashtextextended(:key, 0))");

    private static final Sql REUSABLE = Sql.of("""
            select id from environment
             where project_id = :project and declaration_key = :key
               and (status = 'RESOLVING'
                    or not :isAnew and status in ('BUILDING', 'READY', 'EVICTED') and locked_at > now() - :lockAge * interval '1 ms'
                    or not :isAnew and status = 'FAILED' and failure_until > now())
             order by created_at desc, id desc limit 1""");

    private static final Sql INSERT = Sql.of("""
            insert into environment (id, project_id, declaration, declaration_key)
            select :id, :project, :declaration::jsonb, :key
             where (select count(*) from environment where status in ('RESOLVING', 'BUILDING')) < :maxOpen""");

    private static final Sql USE = Sql.of("""
            update environment
               set last_used_at = now(), status = case status when 'EVICTED' then 'BUILDING' else status end
             where id = :id and (status = 'EVICTED' or last_used_at < now() - interval '10 s')""");

    private static final Sql FIND = Sql.of("select " + EnvironmentRows.COLUMNS + " from environment where id = :id");

    private static final Sql FIND_ALL =
            Sql.of("select " + EnvironmentRows.COLUMNS + " from environment where id = any (:ids)");

    private static final Sql PAGE = Sql.of("select " + EnvironmentRows.COLUMNS + """
              from environment
             where project_id = :project and (:status::text is null or status = :status)
               and (:createdAt::timestamptz is null or (created_at, id) < (:createdAt, :after::uuid))
             order by created_at desc, id desc limit :limit""");

    private static final Sql KEY = Sql.of("select declaration_key from environment where id = :id");

    private static final Sql PROJECT = Sql.of("select project_id from environment where id = :id");

    private static final Sql FORGET_FAILURES =
            Sql.of("update environment set failure_until = null where status = 'FAILED' and failure_until > now()");

    /** Others who ask for the same in the time of its memory get its failure. */
    private static final Sql TRY_AGAIN = Sql.of("""
            update environment
               set status = 'BUILDING', failures = 0, crashes = 0, deaths = 0, not_before = null, steps = '[]', error_code = null,
                   error_message = null, failure_until = null, ended_at = null
             where id = :id and status = 'FAILED' and lock is not null and coalesce(failure_until <= now(), true)""");

    private static final Sql BUILD_AGAIN = Sql.of("""
            update environment set status = 'BUILDING', lease_owner = null, lease_until = null, not_before = null, steps = '[]'
             where id = :id and status in ('READY', 'EVICTED')""");

    private static final Sql LOG = Sql.of("""
            select substr(text, (greatest(:from - position, 0) + 1)::int) as text from environment_log
             where environment_id = :id and position + length(text) > :from
             order by position""");

    private final Transactions transactions;
    private final EnvironmentRows rows;

    public EnvironmentRepository(Transactions transactions, ObjectMapper mapper) {
        this.transactions = transactions;
        this.rows = new EnvironmentRows(mapper);
    }

    /**
     * Returns the newest environment of this declaration in the project that may be used, or a new one. One whose files were removed is built again.
     *
     * @param lockAge how old the lock of an environment may be
     * @param isAnew whether packages are to be resolved anew in any case
     * @return empty when a new one would be one more than {@value #MAX_OPEN} that are to be built
     */
    public Optional<UUID> ask(UUID project, DeclaredPackages declared, Duration lockAge, boolean isAnew) {
        String key = declared.key();
        String declaration = rows.json(Declaration.of(declared));
        UUID fresh = UUID.randomUUID();
        return transactions.run(transaction -> {
            transaction.query(WAIT_FOR_OTHERS).set("key", project + key).exists();
            Optional<UUID> found = transaction
                    .query(REUSABLE)
                    .set("project", project)
                    .set("key", key)
                    .set("isAnew", isAnew)
                    .set("lockAge", lockAge)
                    .first(row -> row.id("id"));
            if (found.isPresent()) {
                use(transaction, found.get());
                return found;
            }
            int inserted = transaction
                    .query(INSERT)
                    .set("id", fresh)
                    .set("project", project)
                    .set("declaration", declaration)
                    .set("key", key)
                    .set("maxOpen", MAX_OPEN)
                    .update();
            return inserted == 0 ? Optional.empty() : Optional.of(fresh);
        });
    }

    /** Notes that somebody needs it: it is built again where its files were removed. */
    public void use(UUID id) {
        transactions.run(transaction -> use(transaction, id));
    }

    private static int use(Transaction transaction, UUID id) {
        return transaction.query(USE).set("id", id).update();
    }

    public Optional<Environment> find(UUID id) {
        return transactions.run(
                transaction -> transaction.query(FIND).set("id", id).first(rows::environment));
    }

    /** Those of these that exist, in any order. */
    public List<Environment> find(List<UUID> ids) {
        return transactions.run(transaction ->
                transaction.query(FIND_ALL).set("ids", ids.toArray(UUID[]::new)).list(rows::environment));
    }

    /** Newest first, after the one made at {@code createdAt} with id {@code after} where those are given. */
    public List<Environment> page(
            UUID project,
            @Nullable EnvironmentStatus status,
            @Nullable Instant createdAt,
            @Nullable UUID after,
            int limit) {
        return transactions.run(transaction -> transaction
                .query(PAGE)
                .set("project", project)
                .set("status", status)
                .set("createdAt", createdAt)
                .set("after", after)
                .set("limit", limit)
                .list(rows::environment));
    }

    public Optional<UUID> project(UUID id) {
        return transactions.run(
                transaction -> transaction.query(PROJECT).set("id", id).first(row -> row.id("project_id")));
    }

    /** By which equal declarations are known; empty when there is no such environment. */
    public Optional<String> declarationKey(UUID id) {
        return transactions.run(
                transaction -> transaction.query(KEY).set("id", id).first(row -> row.text("declaration_key")));
    }

    /** Builds one from its lock that has failed; does nothing where its failure is remembered, or it has no lock. */
    public void tryAgain(UUID id) {
        transactions.run(
                transaction -> transaction.query(TRY_AGAIN).set("id", id).update());
    }

    /** Has the files made again from the lock; returns false when they are not there or being made already. */
    public boolean buildAgain(UUID id) {
        return transactions.run(
                transaction -> transaction.query(BUILD_AGAIN).set("id", id).update() > 0);
    }

    /** Lets packages be resolved again at once that could not be resolved a short time ago. */
    public void forgetFailures() {
        transactions.run(transaction -> transaction.query(FORGET_FAILURES).update());
    }

    /** The log without its first {@code from} characters (code points). */
    public String log(UUID id, long from) {
        List<String> pieces = transactions.run(transaction ->
                transaction.query(LOG).set("id", id).set("from", from).list(row -> row.text("text")));
        return String.join("", pieces);
    }
}
