package dev.datapipeline.audit.report;

import dev.datapipeline.audit.AuditChain;
import dev.datapipeline.audit.StoredEntry;
import dev.datapipeline.database.Row;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the digests of all entries again, from the last removed one to the last one, and compares them. */
@Singleton
public class AuditVerifier {
    private static final int AT_ONCE = 2_000;

    /** All that is read is of one moment, whatever is added or removed meanwhile. */
    private static final Sql ONE_MOMENT = Sql.of("set transaction isolation level repeatable read, read only");

    private static final Sql CHAIN =
            Sql.of("select last_number, last_digest, removed_number, removed_digest from audit_chain");

    private static final Sql NEXT = Sql.of(
            "select " + StoredEntry.COLUMNS + " from audit_entry where number > :after order by number limit :limit");

    private static final Sql COUNT = Sql.of("select count(*) as entries from audit_entry");

    private final Transactions transactions;

    public AuditVerifier(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Position(long number, String digest) {}

    private record Chain(Position removed, Position last) {
        static Chain of(Row row) {
            return new Chain(
                    new Position(row.number("removed_number"), row.text("removed_digest")),
                    new Position(row.number("last_number"), row.text("last_digest")));
        }
    }

    public AuditVerification verify() {
        return transactions.run(transaction -> {
            transaction.query(ONE_MOMENT).update();
            Chain chain = transaction.query(CHAIN).only(Chain::of);
            Long firstInvalid = firstInvalid(transaction, chain);
            long entries = transaction.query(COUNT).only(row -> row.number("entries"));
            return new AuditVerification(
                    firstInvalid == null,
                    entries,
                    chain.removed().number(),
                    chain.last().number(),
                    chain.last().digest(),
                    firstInvalid);
        });
    }

    private static @Nullable Long firstInvalid(Transaction transaction, Chain chain) {
        Position position = chain.removed();
        for (List<StoredEntry> next = after(position, transaction);
                !next.isEmpty();
                next = after(position, transaction)) {
            for (StoredEntry entry : next) {
                long expected = position.number() + 1;
                if (entry.number() != expected || !isAsWritten(entry, position)) {
                    return expected;
                }
                position = new Position(expected, entry.digest());
            }
        }
        return position.equals(chain.last())
                ? null
                : Math.min(position.number(), chain.last().number()) + 1;
    }

    private static List<StoredEntry> after(Position position, Transaction transaction) {
        return transaction
                .query(NEXT)
                .set("after", position.number())
                .set("limit", AT_ONCE)
                .list(StoredEntry::of);
    }

    private static boolean isAsWritten(StoredEntry entry, Position before) {
        return entry.digest().equals(AuditChain.digest(before.digest(), entry.number(), entry.entry()));
    }
}
