package dev.datapipeline.environment.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.database.Query;
import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.StorableText;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.environment.lock.Lock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Claims, leases and results of builds. Each is one short transaction that names the claimed attempt: when the claim no longer holds, it changes
 * nothing and says so.
 */
@Singleton
public class EnvironmentClaims {
    private static final Sql CLAIM = Sql.of("""
            update environment e
               set attempt = attempt + 1, lease_owner = :owner, lease_until = now() + :lease * interval '1 ms', not_before = null
             where id = (select id from environment
                          where status in ('RESOLVING', 'BUILDING') and (lease_until is null or lease_until < now())
                            and (not_before is null or not_before <= now())
                          order by failures, created_at, id limit 1 for update skip locked)
            returning id, attempt, failures, crashes, deaths, declaration, lock,
                      (select coalesce(max(position + length(text)), 0) from environment_log l where l.environment_id = e.id) as log_length""");

    private static final String OF_CLAIM =
            " where id = :id and attempt = :attempt and lease_owner = :owner and status in ('RESOLVING', 'BUILDING')";

    private static final Sql RENEW = Sql.of("""
            update environment e set lease_until = now() + :lease * interval '1 ms'
              from unnest(:ids, :attempts) as held (id, attempt)
             where e.id = held.id and e.attempt = held.attempt and lease_owner = :owner and status in ('RESOLVING', 'BUILDING')
            returning e.id""");

    private static final Sql REPORT =
            Sql.of("update environment set steps = :steps::jsonb, warnings = :warnings::jsonb" + OF_CLAIM);

    private static final Sql APPEND_LOG = Sql.of("""
            insert into environment_log (environment_id, position, text)
            select id, :position, :text from environment""" + OF_CLAIM);

    private static final Sql LOCKED = Sql.of("""
            update environment
               set status = 'BUILDING', lock = :lock::jsonb, lock_key = :key, locked_at = now(), resolve_ms = :took, failures = 0,
                   crashes = 0, deaths = 0, waits_for = null, waits_reason = null""" + OF_CLAIM);

    private static final Sql RESOLVE_AGAIN = Sql.of("""
            update environment
               set status = 'RESOLVING', lock = null, lock_key = null, locked_at = null, folder = null, lease_owner = null,
                   lease_until = null""" + OF_CLAIM);

    private static final Sql BUILT = Sql.of("""
            update environment
               set status = 'READY', folder = :folder, size = :size, was_cached = :wasCached, build_ms = :took, failures = 0,
                   crashes = 0, deaths = 0, waits_for = null, waits_reason = null, lease_owner = null, lease_until = null, ended_at = now(),
                   last_used_at = now()""" + OF_CLAIM);

    private static final Sql FAILED = Sql.of("""
            update environment
               set status = 'FAILED', error_code = :code, error_message = :message,
                   failure_until = now() + :memory * interval '1 ms', waits_for = null, waits_reason = null,
                   lease_owner = null, lease_until = null, ended_at = now()""" + OF_CLAIM);

    private static final Sql DELAY = Sql.of("""
            update environment
               set failures = failures + 1, crashes = case when :obstacle = 'SERVICE' then crashes + 1 else 0 end, deaths = 0,
                   waits_for = :obstacle, waits_reason = :reason, not_before = now() + :delay * interval '1 ms', lease_owner = null, lease_until = null""" + OF_CLAIM);

    private static final Sql RELEASE =
            Sql.of("update environment set lease_owner = null, lease_until = null" + OF_CLAIM);

    /** At once after the first death, since that is usually a restart; later than before after each further one. */
    private static final Sql RECOVER = Sql.of("""
            update environment
               set failures = failures + 1, deaths = deaths + 1, lease_owner = null, lease_until = null,
                   not_before = case when deaths > 0 then now() + least(2 ^ deaths, 32) * interval '1 s' end
             where status in ('RESOLVING', 'BUILDING') and starts_with(lease_owner, :service || '/') and lease_owner <> :owner""");

    private final Transactions transactions;
    private final EnvironmentRows rows;

    public EnvironmentClaims(Transactions transactions, ObjectMapper mapper) {
        this.transactions = transactions;
        this.rows = new EnvironmentRows(mapper);
    }

    /** Claims the oldest environment that is to be built now, or whose lease has expired. */
    public Optional<EnvironmentClaim> claim(String owner, Duration lease) {
        return transactions.run(transaction ->
                transaction.query(CLAIM).set("owner", owner).set("lease", lease).first(this::claimed));
    }

    private EnvironmentClaim claimed(Row row) {
        return new EnvironmentClaim(
                row.id("id"),
                row.integer("attempt"),
                new EnvironmentClaim.Setbacks(row.integer("failures"), row.integer("crashes"), row.integer("deaths")),
                rows.declaration(row.text("declaration")).packages(),
                rows.lock(row.optionalText("lock")),
                row.number("log_length"));
    }

    /** Extends the leases of these claims; returns the environments that still belong to the owner. */
    public Set<UUID> renew(Collection<EnvironmentClaim> claims, String owner, Duration lease) {
        if (claims.isEmpty()) {
            return Set.of();
        }
        return transactions.run(transaction -> new HashSet<>(transaction
                .query(RENEW)
                .set("ids", claims.stream().map(EnvironmentClaim::id).toArray(UUID[]::new))
                .set("attempts", claims.stream().map(EnvironmentClaim::attempt).toArray(Integer[]::new))
                .set("owner", owner)
                .set("lease", lease)
                .list(row -> row.id("id"))));
    }

    /**
     * Records how far the build is.
     *
     * @param log what is added to the log, at {@code position}
     */
    public void report(EnvironmentClaim claim, String owner, Environment.Progress progress, long position, String log) {
        String steps = rows.json(progress.steps());
        String warnings = rows.json(progress.warnings());
        transactions.run(transaction -> {
            if (!log.isEmpty()) {
                of(transaction.query(APPEND_LOG), claim, owner)
                        .set("position", position)
                        .set("text", log)
                        .update();
            }
            return of(transaction.query(REPORT), claim, owner)
                    .set("steps", steps)
                    .set("warnings", warnings)
                    .update();
        });
    }

    /** Records the lock. The environment stays claimed; returns false when it no longer was. */
    public boolean locked(EnvironmentClaim claim, String owner, Lock lock, Duration took) {
        String json = rows.json(lock);
        return update(of(
                LOCKED,
                claim,
                owner,
                query -> query.set("lock", json).set("key", lock.key()).set("took", took)));
    }

    /** Has packages resolved again, since the lock fits the sandboxes no more. */
    public boolean resolveAgain(EnvironmentClaim claim, String owner) {
        return update(of(RESOLVE_AGAIN, claim, owner, query -> query));
    }

    public boolean built(EnvironmentClaim claim, String owner, Environment.Files files, Duration took) {
        return update(of(
                BUILT,
                claim,
                owner,
                query -> query.set("folder", files.folder())
                        .set("size", files.size())
                        .set("wasCached", files.wasCached())
                        .set("took", took)));
    }

    /** @param memory how long others who ask for the same get this failure too */
    public boolean failed(EnvironmentClaim claim, String owner, Environment.Failure failure, Duration memory) {
        return update(of(
                FAILED,
                claim,
                owner,
                query -> query.set("code", failure.code())
                        .set("message", StorableText.of(failure.message()))
                        .set("memory", memory)));
    }

    /** Gives it back until the obstacle may be gone. */
    public boolean delay(EnvironmentClaim claim, String owner, Environment.Waiting waiting, Duration delay) {
        return update(of(
                DELAY,
                claim,
                owner,
                query -> query.set("obstacle", waiting.obstacle())
                        .set("reason", StorableText.of(waiting.reason()))
                        .set("delay", delay)));
    }

    /** Gives it back, so that it is built again at once. */
    public void release(EnvironmentClaim claim, String owner) {
        update(of(RELEASE, claim, owner, query -> query));
    }

    /**
     * Gives back what earlier processes of this service had claimed.
     *
     * @param service beginning of the owners' names of all processes of this service
     * @param owner this process
     */
    public int recover(String service, String owner) {
        return transactions.run(transaction -> transaction
                .query(RECOVER)
                .set("service", service)
                .set("owner", owner)
                .update());
    }

    private interface Parameters {
        Query set(Query query);
    }

    private static Transactions.Work<Integer> of(Sql sql, EnvironmentClaim claim, String owner, Parameters parameters) {
        return transaction ->
                parameters.set(of(transaction.query(sql), claim, owner)).update();
    }

    private static Query of(Query query, EnvironmentClaim claim, String owner) {
        return query.set("id", claim.id()).set("attempt", claim.attempt()).set("owner", owner);
    }

    private boolean update(Transactions.Work<Integer> work) {
        return transactions.run(work) > 0;
    }
}
