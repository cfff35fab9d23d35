package dev.datapipeline.http.filter;

import dev.datapipeline.http.HttpConfig;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request to the API on the event loop, before a worker thread is taken for it, so a slow client costs a connection and
 * the bytes it sent and no thread. Bodies are limited in size and time and counted in the memory budget. {@link JsonBodyInterceptor} reads
 * them from there.
 *
 * <p>Datasets, wheels and forms are not buffered: they go to the disk and have places of their own.
 */
@Singleton
public final class BufferedBodies {
    /** The largest pipeline, which fills a frame of 17 MiB to a sandbox, and what stands around it. */
    static final long LONGEST = 18L << 20;

    /** The largest pipeline, with records to try it on. */
    public static final long LONGEST_TRIAL = 34L << 20;

    private static final String BODY = BufferedBodies.class.getName();
    private static final Set<String> STREAMED = Set.of("/api/v1/datasets", "/api/v1/wheels");
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Vertx vertx;
    private final MemoryBudget memory;
    private final HttpConfig config;
    private final ProblemWriter problems;

    BufferedBodies(Vertx vertx, MemoryBudget memory, HttpConfig config, ProblemWriter problems) {
        this.vertx = vertx;
        this.memory = memory;
        this.config = config;
        this.problems = problems;
    }

    /** The buffered body; null if there was none or the request is read as a stream. */
    public static @Nullable Buffer of(RoutingContext request) {
        return request.get(BODY);
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isBuffered(request)) {
            context.next();
            return;
        }
        long longest = Math.min(
                "/api/v1/try".equals(request.path()) ? LONGEST_TRIAL : LONGEST, IncomingBody.longestInMemory(memory));
        if (announced(request) > longest) {
            problems.end(context, tooLarge(longest));
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
                        problem -> problems.end(context, problem));
    }

    static ProblemException tooLarge(long longest) {
        return new ProblemException(
                ProblemType.TOO_LARGE,
                "The body of this request is too large; it may have at most %,d bytes.".formatted(longest));
    }

    private static boolean isBuffered(HttpServerRequest request) {
        String path = request.path();
        String type =
                String.valueOf(request.getHeader(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        return WITH_BODY.contains(request.method())
                && path != null
                && path.startsWith("/api/")
                && !STREAMED.contains(path)
                && !type.startsWith("multipart/")
                && (request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || announced(request) > 0);
    }

    /** RequestLimitsFilter has checked that it is a number. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
