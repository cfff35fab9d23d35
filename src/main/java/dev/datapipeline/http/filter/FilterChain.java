package dev.datapipeline.http.filter;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** The order in which requests pass the filters before a resource: those of the head first, the cheapest first, then the body. */
@Singleton
final class FilterChain {
    /** Filters with a higher priority run first. Those of Quarkus with similar checks, whose answers are empty, have 300 and less. */
    private static final int FIRST_PRIORITY = 3000;

    private static final int BEFORE_FILES = -1;

    /** After the headers of every answer, which quarkus.http.filter.page sets. */
    private static final int BEFORE_RESOURCES = 101;

    private static final int AFTER_FILES =
            (RouteConstants.ROUTE_ORDER_DEFAULT + RouteConstants.ROUTE_ORDER_AFTER_DEFAULT) / 2;

    void registerFilters(
            @Observes Filters filters,
            ChunkedRequestFilter chunks,
            RequestLimitsFilter limits,
            RequestTargets targets,
            PathSpellingFilter spelling,
            OperatorsFilter operators,
            CrossSiteRequestFilter sites,
            AccessFilter access,
            AuditFilter audit,
            BufferedBodies bodies,
            FormFilter forms) {
        List<Handler<RoutingContext>> inOrder = List.of(
                chunks::handle,
                limits::rejectLongHead,
                targets::handle,
                spelling::handle,
                operators::handle,
                sites::handle,
                audit::watch,
                access,
                audit::begin,
                limits::rejectTooLarge,
                limits::rejectPacked,
                limits::rejectUnreadableType,
                bodies::handle,
                forms);
        for (int index = 0; index < inOrder.size(); index++) {
            filters.register(inOrder.get(index), FIRST_PRIORITY - index);
        }
    }

    void registerRoutes(@Observes Router router, RouterErrors errors, RunFilter runs, SpaFallback page) {
        // Before any other failure handler, and for any path: one without a leading slash matches no other route.
        router.route().order(Integer.MIN_VALUE).failureHandler(errors::handle);
        router.route().order(BEFORE_FILES).handler(page::revalidatePage);
        router.get("/api/v1/runs/:id").order(BEFORE_RESOURCES).handler(runs);
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(AFTER_FILES)
                .handler(page::handle);
    }
}
