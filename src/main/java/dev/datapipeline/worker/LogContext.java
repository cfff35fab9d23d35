package dev.datapipeline.worker;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.BatchClaim;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;

/** Adds the batch to every line that this thread logs until it is closed: as text for people, as fields for programs. */
final class LogContext implements AutoCloseable {
    private static final String RUN = "run";
    private static final String BATCH = "batch";
    private static final String ATTEMPT = "attempt";
    private static final String SANDBOX = "sandbox";

    private String beginning;

    private LogContext(String beginning) {
        this.beginning = beginning;
    }

    static LogContext of(BatchClaim claim) {
        BatchId id = claim.id();
        LogContext context =
                new LogContext("batch %s/%d, attempt %d".formatted(id.run(), id.number(), claim.attempt()));
        MDC.put(RUN, id.run().toString());
        MDC.put(BATCH, Integer.toString(id.number()));
        MDC.put(ATTEMPT, Integer.toString(claim.attempt()));
        context.show();
        return context;
    }

    void sandbox(String id) {
        beginning += ", sandbox " + id;
        MDC.put(SANDBOX, id);
        show();
    }

    private void show() {
        NDC.clear();
        NDC.push(beginning + ": ");
    }

    @Override
    public void close() {
        NDC.clear();
        MDC.remove(RUN);
        MDC.remove(BATCH);
        MDC.remove(ATTEMPT);
        MDC.remove(SANDBOX);
    }
}
