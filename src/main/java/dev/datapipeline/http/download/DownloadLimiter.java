package dev.datapipeline.http.download;

import dev.datapipeline.http.HttpConfig;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Limits streamed answers: how many at a time, how slow they may be while others wait, and how far a writer may run ahead. */
@Singleton
public class DownloadLimiter {
    /** Time of waiting for a client after which its rate is measured. */
    private static final Duration SPAN = Duration.ofSeconds(10);

    private final CurrentVertxRequest current;
    private final Vertx vertx;
    private final long leastRate;
    private final TransferPlaces files;
    private final TransferPlaces lists;

    DownloadLimiter(HttpConfig config, CurrentVertxRequest current, Vertx vertx) {
        this.current = current;
        this.vertx = vertx;
        this.leastRate = config.minDownloadRate().asLongValue();
        files = new TransferPlaces(config.maxConcurrentDownloads(), leastRate);
        lists = new TransferPlaces(config.maxConcurrentDownloads(), leastRate);
    }

    /** An answer that may be as long as a run. Fails with TOO_MANY_REQUESTS before the first byte when all places are taken. */
    public StreamingOutput file(Answer answer) {
        return bounded(files, answer);
    }

    public StreamingOutput list(Answer answer) {
        return bounded(lists, answer);
    }

    /** An answer that is in memory until its client has it; a client that is too slow loses its connection even when nobody waits. */
    public StreamingOutput single(Answer answer) {
        RoutingContext request = current.getCurrent();
        return target -> {
            Transfer transfer = new Transfer(paced(target), SPAN, System::nanoTime, () -> close(request));
            long look = vertx.setPeriodic(SPAN.toMillis(), due -> {
                if (transfer.rate() < leastRate) {
                    transfer.giveUp();
                }
            });
            try {
                answer.write(transfer, client(request));
            } finally {
                vertx.cancelTimer(look);
            }
        };
    }

    private StreamingOutput bounded(TransferPlaces places, Answer answer) {
        RoutingContext request = current.getCurrent();
        return target -> {
            Transfer transfer = new Transfer(paced(target), SPAN, System::nanoTime, () -> close(request));
            try (TransferPlaces.Place place = places.take(transfer)) {
                answer.write(transfer, client(request));
            }
        };
    }

    private static Client client(@Nullable RoutingContext request) {
        return request == null ? Client.NONE : request.response()::closed;
    }

    private static void close(@Nullable RoutingContext request) {
        if (request != null) {
            ConnectionReset.reset(request.request().connection());
        }
    }

    /** Outside of a request there is no connection to wait for. */
    private static OutputStream paced(OutputStream target) {
        Context connection = Vertx.currentContext();
        return connection == null || Context.isOnEventLoopThread()
                ? target
                : new BackpressureOutputStream(target, connection);
    }
}
