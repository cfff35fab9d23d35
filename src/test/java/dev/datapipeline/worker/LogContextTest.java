package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.result.RetriedCauses;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.store.batch.BatchClaim;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;
import org.junit.jupiter.api.Test;

class LogContextTest {
    private static final UUID RUN = new UUID(0, 7);

    @Test
    void fieldsAreAddedAsTheyBecomeKnown() {
        try (LogContext context = LogContext.of(claim())) {
            assertEquals("batch " + RUN + "/3, attempt 2: ", NDC.get());
            assertEquals(Map.of("run", RUN.toString(), "batch", "3", "attempt", "2"), MDC.getMap());

            context.sandbox("box");

            assertEquals("batch " + RUN + "/3, attempt 2, sandbox box: ", NDC.get());
            assertEquals(Map.of("run", RUN.toString(), "batch", "3", "attempt", "2", "sandbox", "box"), MDC.getMap());
        }
    }

    private static BatchClaim claim() {
        return new BatchClaim(new BatchId(RUN, 3), 0, 2, 0, 30, 10, null, RetriedCauses.ALL);
    }

    @Test
    void fieldsAreRemovedOnClose() {
        try (LogContext context = LogContext.of(claim())) {
            context.sandbox("box");
        }

        assertEquals("", NDC.get());
        assertEquals(Map.of(), MDC.getMap());
    }
}
