package dev.datapipeline.http.filter;

import dev.datapipeline.http.HttpConfig;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request for the API on the thread of its connection, before a worker thread is taken for it: a client that sends slowly
 * costs a connection and what it has sent, and nothing that others wait for. Bodies have a bound, a time, and a part in the memory budget;
 * {@link JsonBodyInterceptor} reads them from there.
 *
 * <p>Not for datasets and forms, which go to the disk and have places of their own.
 */
@Singleton
public final class BufferedBodies {
    /** The largest pipeline, which fills a frame of 17 MiB to a sandbox, and what stands around it. */
    static final long LONGEST = 18L << 20;

    /** The largest pipeline, with records to try it on. */
    public static final long LONGEST_TRIAL = 34L << 20;

    private static final String BODY = BufferedBodies.class.getName();
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Vertx vertx;
    private final MemoryBudget memory;
    private final HttpConfig config;
    private final ProblemWriter refused;

    BufferedBodies(Vertx vertx, MemoryBudget memory, HttpConfig config, ProblemWriter refused) {
        this.vertx = vertx;
        this.memory = memory;
        this.config = config;
        this.refused = refused;
    }

    void register(@Observes Filters filters) {
        filters.register(this::read, RequestOrder.BODY.priority());
    }

    /** The body that was read here; null when there was none, or it is one of those that are read as they come. */
    public static @Nullable Buffer of(RoutingContext request) {
        return request.get(BODY);
    }

    private void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isBuffered(request)) {
            context.next();
            return;
        }
        long longest = Math.min(
                "/api/v1/try".equals(request.path()) ? LONGEST_TRIAL : LONGEST, IncomingBody.longestInMemory(memory));
        if (announced(request) > longest) {
            refused.end(context, tooLarge(longest));
            return;
        }
        String expected = request.getHeader(HttpHeaders.EXPECT);
        if (expected != null && expected.equalsIgnoreCase("100-continue")) {
            request.response().writeContinue();
            request.headers().remove(HttpHeaders.EXPECT);
        }
        new IncomingBody(context, longest, memory)
                .read(
                        vertx,
                        config.bodyTimeout(),
                        body -> {
                            context.put(BODY, body);
                            context.next();
                        },
                        problem -> refused.end(context, problem));
    }

    static ProblemException tooLarge(long longest) {
        return new ProblemException(
                ProblemType.TOO_LARGE, "The body of this request may have %,d bytes.".formatted(longest));
    }

    private static boolean isBuffered(HttpServerRequest request) {
        String path = request.path();
        String type =
                String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        return WITH_BODY.contains(request.method())
                && path != null
                && path.startsWith("/api/")
                && !path.equals("/api/v1/datasets")
                && !type.startsWith("multipart/")
                && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || announced(request) > 0);
    }

    /** That it is a number was looked at before. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
