package dev.datapipeline.web;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Bounds what is streamed: how much at the same time, since a client that takes nothing holds a thread until its connection ends, and
 * how far ahead of its client.
 */
@Singleton
public class Downloads {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Semaphore places;

    Downloads(HttpConfig config) {
        places = new Semaphore(config.maxConcurrentDownloads());
    }

    /** The same output, refused with TOO_MANY_REQUESTS before its first byte when all places are taken. */
    public StreamingOutput bounded(StreamingOutput output) {
        return target -> {
            if (!places.tryAcquire()) {
                throw new ProblemException(
                                ProblemType.TOO_MANY_REQUESTS,
                                "Others are taking results or records. Ask for these again in a few seconds.")
                        .retryAfter(RETRY_AFTER);
            }
            try {
                output.write(paced(target));
            } finally {
                places.release();
            }
        };
    }

    /** Outside of a request there is no connection to wait for. */
    private static OutputStream paced(OutputStream target) {
        Context connection = Vertx.currentContext();
        return connection == null || Context.isOnEventLoopThread() ? target : new PacedOutput(target, connection);
    }
}
