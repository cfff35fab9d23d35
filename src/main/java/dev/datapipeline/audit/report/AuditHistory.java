package dev.datapipeline.audit.report;

import dev.datapipeline.audit.AuditOutcome;
import dev.datapipeline.audit.StoredEntry;
import dev.datapipeline.database.Sql;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.http.paging.ListCursor;
import dev.datapipeline.http.paging.Page;
import dev.datapipeline.problem.ProblemException;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Lists entries of the audit log, the newest first. */
@Singleton
class AuditHistory {
    private static final String ORDER = "number";

    private static final Sql LIST = Sql.of("select " + StoredEntry.COLUMNS + """
              from audit_entry
             where (:before::bigint is null or number < :before::bigint)
               and (:who::text is null or username = lower(:who::text))
               and (:operation::text is null or strpos(lower(operation), lower(:operation::text)) > 0)
               and (:target::text is null or target = :target::text)
               and (:outcome::text is null or outcome = :outcome::text)
               and (:since::timestamptz is null or at >= :since::timestamptz)
               and (:until::timestamptz is null or at < :until::timestamptz)
             order by number desc
             limit :limit""");

    private final Transactions transactions;

    AuditHistory(Transactions transactions) {
        this.transactions = transactions;
    }

    Page<StoredEntry> list(AuditSelection selection, int limit, @Nullable ListCursor cursor) {
        Long before = cursor == null ? null : number(cursor);
        AuditOutcome outcome = selection.outcome;
        return Page.of(
                transactions.run(transaction -> transaction
                        .query(LIST)
                        .set("before", before)
                        .set("who", selection.who())
                        .set("operation", selection.operation())
                        .set("target", selection.target())
                        .set("outcome", outcome)
                        .set("since", selection.since())
                        .set("until", selection.until())
                        .set("limit", limit + 1)
                        .list(StoredEntry::of)),
                limit,
                AuditHistory::after);
    }

    private static ListCursor after(StoredEntry entry) {
        return new ListCursor(
                ORDER, String.valueOf(entry.number()), entry.entry().request().id());
    }

    private static long number(ListCursor cursor) {
        try {
            if (cursor.order().equals(ORDER)) {
                return Long.parseLong(cursor.key());
            }
        } catch (NumberFormatException invalid) {
            // Answered below, as another order is.
        }
        throw ProblemException.invalidParameter("cursor", "must be the nextCursor of an answer of the audit log");
    }
}
