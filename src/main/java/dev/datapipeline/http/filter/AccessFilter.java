package dev.datapipeline.http.filter;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Refuses requests whose caller is unknown or may not make them, before their bodies are read. */
public interface AccessFilter extends Handler<RoutingContext> {}
