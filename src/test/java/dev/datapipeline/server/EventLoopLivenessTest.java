package dev.datapipeline.server;

import static dev.datapipeline.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.SettableTicker;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLoopLivenessTest {
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    private final SettableTicker ticker = new SettableTicker();
    private final DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(2);
    private final EventLoopLiveness liveness = new EventLoopLiveness(loops, ticker);

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void reportsABlockedEventLoopUntilItRunsAgain() throws Exception {
        liveness.watch();
        assertEquals(Status.UP, status());
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        loops.next().execute(() -> await(blocked, end));
        blocked.await();

        ticker.advance(LONGEST_ROUND);

        eventually("the other loop beats again", () -> reason().contains("1 of 2 threads"));
        assertEquals(Status.DOWN, status());
        end.countDown();
        eventually("both beat", () -> status() == Status.UP);
    }

    private Status status() {
        return liveness.call().getStatus();
    }

    private String reason() {
        return liveness.call().getData().map(Object::toString).orElse("");
    }

    private static void await(CountDownLatch blocked, CountDownLatch end) {
        blocked.countDown();
        try {
            assertTrue(end.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
