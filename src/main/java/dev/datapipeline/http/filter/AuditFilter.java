package dev.datapipeline.http.filter;

import io.vertx.ext.web.RoutingContext;

/** Puts requests into the audit log. */
public interface AuditFilter {
    /** Before it is decided whether a request is allowed. */
    void watch(RoutingContext request);

    /** After that, and before anything of its body is used: a change goes on when it is in the log. */
    void begin(RoutingContext request);
}
