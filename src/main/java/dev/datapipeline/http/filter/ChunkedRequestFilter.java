package dev.datapipeline.http.filter;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Ends the connection after a chunked body. The request may have had a Content-Length as well, which is no longer visible here: a proxy
 * that believed it takes the following bytes for another request (RFC 9112, section 6.1).
 */
@Singleton
final class ChunkedRequestFilter {

    void handle(RoutingContext request) {
        if (request.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            request.addEndHandler(end -> request.request().connection().close());
        }
        request.next();
    }
}
