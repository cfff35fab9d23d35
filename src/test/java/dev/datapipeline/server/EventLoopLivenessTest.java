package dev.datapipeline.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLoopLivenessTest {
    private final DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(2);
    private final EventLoopLiveness liveness = new EventLoopLiveness(loops, Duration.ofSeconds(2));

    @AfterEach
    void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void reportsABlockedEventLoopUntilItRunsAgain() throws Exception {
        liveness.watch();
        Thread.sleep(2_500);
        assertEquals(Status.UP, liveness.call().getStatus());

        CountDownLatch end = new CountDownLatch(1);
        loops.next().execute(() -> await(end));
        HealthCheckResponse down = awaitStatus(Status.DOWN);

        assertTrue(down.getData().orElseThrow().toString().contains("1 of 2 threads"));
        end.countDown();
        awaitStatus(Status.UP);
    }

    private HealthCheckResponse awaitStatus(Status wanted) throws InterruptedException {
        HealthCheckResponse response = liveness.call();
        while (response.getStatus() != wanted) {
            Thread.sleep(20);
            response = liveness.call();
        }
        return response;
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
