package dev.datapipeline.worker;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.sandbox.ServiceInstance;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;

/** Returns batches of dead or stuck workers to the queue. At start it need not wait for leases, since only one process uses a data folder. */
@Singleton
class ExpiredLeaseRecovery {
    private static final Logger LOG = Logger.getLogger(ExpiredLeaseRecovery.class);
    /** Before the dispatcher starts. */
    private static final int EARLY = 1_000;

    private final BatchRepository batches;
    private final ServiceInstance instance;
    private final BatchMetrics metrics;

    ExpiredLeaseRecovery(BatchRepository batches, ServiceInstance instance, BatchMetrics metrics) {
        this.batches = batches;
        this.instance = instance;
        this.metrics = metrics;
    }

    void takeOver(@Observes @Priority(EARLY) StartupEvent event) {
        rescue();
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void rescue() {
        try {
            Set<BatchId> rescued = batches.recoverExpired(instance.id(), instance.owner());
            metrics.rescued(rescued.size());
            if (!rescued.isEmpty()) {
                LOG.infof("%d batches are queued again: their worker is gone", rescued.size());
            }
        } catch (DatabaseException away) {
            LOG.warnf("expired leases could not be read, trying again in 5 s: %s", away.getMessage());
        }
    }
}
