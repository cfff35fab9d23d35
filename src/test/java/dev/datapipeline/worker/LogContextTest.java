package dev.datapipeline.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.run.BatchId;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;
import org.junit.jupiter.api.Test;

class LogContextTest {
    private static final UUID RUN = new UUID(0, 7);

    @Test
    void saysMoreAsMoreIsKnown() {
        try (LogContext context = LogContext.of(new BatchId(RUN, 3))) {
            assertEquals("batch " + RUN + "/3: ", NDC.get());
            assertEquals(Map.of("run", RUN.toString(), "batch", "3"), MDC.getMap());

            context.attempt(2);
            context.sandbox("box");

            assertEquals("batch " + RUN + "/3, attempt 2, sandbox box: ", NDC.get());
            assertEquals(Map.of("run", RUN.toString(), "batch", "3", "attempt", "2", "sandbox", "box"), MDC.getMap());
        }
    }

    @Test
    void leavesNothingBehind() {
        try (LogContext context = LogContext.of(new BatchId(RUN, 3))) {
            context.attempt(1);
            context.sandbox("box");
        }

        assertEquals("", NDC.get());
        assertEquals(Map.of(), MDC.getMap());
    }
}
