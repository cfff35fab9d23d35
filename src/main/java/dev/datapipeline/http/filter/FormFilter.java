package dev.datapipeline.http.filter;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Admits multipart forms before their parts are written to the disk. */
public interface FormFilter extends Handler<RoutingContext> {}
