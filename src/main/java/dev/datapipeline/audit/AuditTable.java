package dev.datapipeline.audit;

import dev.datapipeline.database.Query;
import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The SQL that writes the audit log. */
final class AuditTable {
    /**
     * The commit does not wait for the disk. A change is committed after this, so whatever is left of it after a power cut, this is left as
     * well: the database writes both to one log, in order.
     */
    private static final Sql DO_NOT_WAIT_FOR_DISK = Sql.of("set local synchronous_commit = off");

    private static final Sql OPEN = Sql.of("""
            insert into audit_open (id, process, at, account_id, username, key_id, address, operation, target, project)
            values (:id, :process, :at, :account, :username, :key, :address, :operation, :target, :project)""");

    private static final Sql LEFT_OPEN = Sql.of("""
            select id, at, account_id, username, key_id, address, operation, target, project
              from audit_open where process <> :process order by at, id""");

    /** Whoever adds entries holds this lock until the end of the transaction. */
    private static final Sql LOCK_CHAIN = Sql.of("""
            select last_number, last_digest, removed_number, removed_digest from audit_chain for update""");

    private static final Sql ALREADY_THERE = Sql.of("select id from audit_entry where id = any(:ids)");

    private static final Sql INSERT = Sql.of("""
            insert into audit_entry (number, id, at, account_id, username, key_id, address, operation, target, project,
                                     outcome, status, attempts, digest)
            values (:number, :id, :at, :account, :username, :key, :address, :operation, :target, :project,
                    :outcome, :status, :attempts, :digest)""");

    private static final Sql CLOSE = Sql.of("delete from audit_open where id = any(:ids)");

    private static final Sql SET_LAST = Sql.of("update audit_chain set last_number = :number, last_digest = :digest");

    /** The last of the entries from the beginning that are all too old. */
    private static final Sql LAST_OLD = Sql.of("""
            select number, digest from audit_entry
             where number = (select coalesce(min(number) - 1, :last) from audit_entry
                              where at >= now() - :age * interval '1 millisecond')
               and number > :removed""");

    private static final Sql DELETE_OLD = Sql.of("delete from audit_entry where number <= :number");

    private static final Sql SET_REMOVED =
            Sql.of("update audit_chain set removed_number = :number, removed_digest = :digest");

    private record Chain(long lastNumber, String lastDigest, long removedNumber) {
        static Chain of(Row row) {
            return new Chain(row.number("last_number"), row.text("last_digest"), row.number("removed_number"));
        }
    }

    void open(Transaction transaction, UUID process, List<AuditedRequest> requests) {
        transaction.query(DO_NOT_WAIT_FOR_DISK).update();
        transaction
                .query(OPEN)
                .updateAll(requests, (query, request) -> set(query, request).set("process", process));
    }

    /** What other processes have begun and did not end. */
    List<AuditedRequest> leftOpen(Transaction transaction, UUID process) {
        return transaction.query(LEFT_OPEN).set("process", process).list(StoredEntry::request);
    }

    /**
     * Adds entries and removes their rows from {@code audit_open}.
     *
     * @param entries of which some may be there already, since nobody knows whether a commit that failed took place
     * @param open ids of further requests that are not open any more
     */
    void append(Transaction transaction, List<AuditEntry> entries, Collection<UUID> open) {
        Chain chain = transaction.query(LOCK_CHAIN).only(Chain::of);
        Set<UUID> there = new HashSet<>(
                transaction.query(ALREADY_THERE).set("ids", ids(entries)).list(row -> row.id("id")));
        List<StoredEntry> added = new ArrayList<>();
        long number = chain.lastNumber();
        String digest = chain.lastDigest();
        for (AuditEntry entry : entries) {
            if (there.add(entry.request().id())) {
                number++;
                digest = AuditChain.digest(digest, number, entry);
                added.add(new StoredEntry(number, entry, digest));
            }
        }
        transaction.query(INSERT).updateAll(added, AuditTable::set);
        there.addAll(open);
        transaction.query(CLOSE).set("ids", there.toArray(UUID[]::new)).update();
        transaction.query(SET_LAST).set("number", number).set("digest", digest).update();
    }

    /** Removes what is older from the beginning of the log. */
    int removeOlderThan(Transaction transaction, Duration age) {
        Chain chain = transaction.query(LOCK_CHAIN).only(Chain::of);
        return transaction
                .query(LAST_OLD)
                .set("last", chain.lastNumber())
                .set("age", age)
                .set("removed", chain.removedNumber())
                .first(row -> remove(transaction, row.number("number"), row.text("digest")))
                .orElse(0);
    }

    private static int remove(Transaction transaction, long number, String digest) {
        transaction
                .query(SET_REMOVED)
                .set("number", number)
                .set("digest", digest)
                .update();
        return transaction.query(DELETE_OLD).set("number", number).update();
    }

    private static UUID[] ids(List<AuditEntry> entries) {
        return entries.stream().map(entry -> entry.request().id()).toArray(UUID[]::new);
    }

    private static void set(Query query, StoredEntry stored) {
        AuditEntry entry = stored.entry();
        set(query, entry.request())
                .set("number", stored.number())
                .set("outcome", entry.outcome())
                .set("status", entry.status())
                .set("attempts", entry.attempts())
                .set("digest", stored.digest());
    }

    private static Query set(Query query, AuditedRequest request) {
        AuditActor actor = request.actor();
        return query.set("id", request.id())
                .set("at", request.at())
                .set("account", actor.account())
                .set("username", actor.username())
                .set("key", actor.key())
                .set("address", actor.address())
                .set("operation", request.operation())
                .set("target", request.target())
                .set("project", request.project());
    }
}
