package dev.datapipeline.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The query parameter and the header with which a request names the project in which it works. The parameter goes before the header. */
public final class ProjectParameter {
    public static final String NAME = "project";
    public static final String HEADER = "X-Project";

    private static final String ALLOWED = ProjectParameter.class.getName();

    private ProjectParameter() {}

    /** Whether the request names a project, wherever that means something. */
    public static boolean isIn(RoutingContext request) {
        String query = request.request().query();
        return request.request().headers().contains(HEADER) || (query != null && query.contains(NAME));
    }

    /** The name or the id of a project; null where none is given. */
    public static @Nullable String of(RoutingContext request) {
        HttpServerRequest http = request.request();
        String parameter = http.query() == null ? null : request.queryParams().get(NAME);
        String named = parameter == null || parameter.isBlank() ? http.getHeader(HEADER) : parameter;
        return named == null || named.isBlank() ? null : named.strip();
    }

    /** Notes that the operation works in a project, so that the parameter is known to it. */
    public static void allow(RoutingContext request) {
        request.put(ALLOWED, true);
    }

    static boolean isAllowed(RoutingContext request) {
        return request.get(ALLOWED) != null;
    }
}
