package dev.datapipeline.http.filter;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Ends the connection after a body in chunks. Its length may have been told in a second way that differs, of which nothing is left to
 * see here: whoever stands between may have believed that one and taken what follows for something else (RFC 9112, section 6.1).
 */
@Singleton
final class ChunkedRequestFilter {
    void register(@Observes Filters filters) {
        filters.register(ChunkedRequestFilter::closeAfterChunks, RequestOrder.CONNECTION.priority());
    }

    private static void closeAfterChunks(RoutingContext request) {
        if (request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.addEndHandler(end -> request.request().connection().close());
        }
        request.next();
    }
}
