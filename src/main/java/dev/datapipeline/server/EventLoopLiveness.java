package dev.datapipeline.server;

import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Reports whether every event loop is responsive: a blocked one keeps its connections waiting until a restart. */
@Liveness
@Singleton
class EventLoopLiveness implements HealthCheck {
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);
    private static final long BEAT_MILLISECONDS = 1_000;

    private final Iterable<EventExecutor> loops;
    private final Ticker ticker;
    private final Map<EventExecutor, Deadline> nextBeats = new ConcurrentHashMap<>();

    @Inject
    EventLoopLiveness(Vertx vertx, Ticker ticker) {
        this(vertx.nettyEventLoopGroup(), ticker);
    }

    EventLoopLiveness(Iterable<EventExecutor> loops, Ticker ticker) {
        this.loops = loops;
        this.ticker = ticker;
    }

    void begin(@Observes StartupEvent started) {
        watch();
    }

    void watch() {
        for (EventExecutor loop : loops) {
            beat(loop);
            loop.scheduleWithFixedDelay(() -> beat(loop), 0, BEAT_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    private void beat(EventExecutor loop) {
        nextBeats.put(loop, ticker.deadlineIn(LONGEST_ROUND));
    }

    @Override
    public HealthCheckResponse call() {
        long hanging = nextBeats.values().stream().filter(Deadline::isOver).count();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("event loops");
        if (hanging > 0) {
            response.withData(
                    "reason",
                    "%d of %d threads that serve connections have stood still for more than %d s. Restart the service; a dump of its threads (jstack) tells what they wait for."
                            .formatted(hanging, nextBeats.size(), LONGEST_ROUND.toSeconds()));
        }
        return response.status(hanging == 0).build();
    }
}
