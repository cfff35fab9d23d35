package dev.datapipeline.audit;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Removes old entries of the audit log. The digest of the last one that is removed stays, so that those after it can still be verified. */
@Singleton
public class AuditRetention {
    private static final Logger LOG = Logger.getLogger(AuditRetention.class);

    private final Transactions transactions;
    private final AuditTable table = new AuditTable();
    private final AuditConfig config;

    AuditRetention(Transactions transactions, AuditConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    void removeOld() {
        try {
            int removed = removeOlderThan(config.retention());
            if (removed > 0) {
                LOG.infof("%d entries of the audit log removed: they are older than the settings allow", removed);
            }
        } catch (DatabaseException later) {
            LOG.warnf(
                    "old entries of the audit log could not be removed, trying again in an hour: %s",
                    later.getMessage());
        }
    }

    int removeOlderThan(Duration age) {
        return transactions.run(transaction -> table.removeOlderThan(transaction, age));
    }
}
