package dev.datapipeline.http.filter;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Answers requests for a run from memory where it can, in place of the resource. */
public interface RunFilter extends Handler<RoutingContext> {}
