package dev.datapipeline.http.filter;

import dev.datapipeline.problem.ProblemException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every address has one spelling; all others are answered with 404 before anything is looked up. The router would take {@code //api},
 * {@code /./api}, {@code /%61pi} and {@code /api;x} for the same thing, and a rule of a proxy that knows only one of them would be passed by.
 */
@Singleton
final class PathSpellingFilter {
    /** First segments of what is not the page. */
    private static final Set<String> SERVICE = Set.of("api", "q", "submit_pipeline", "get_result", "assets");

    /** Its links are relative to this. */
    private static final String SWAGGER_UI = "/q/swagger-ui/";

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,=:@-]+)*/?");
    /** Letters of other alphabets, and blanks, can stand in an address in this way only. */
    private static final Pattern OF_PAGE =
            Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,=:@-]|%20|%[89A-Fa-f][0-9A-Fa-f])+)*/?");

    private static final Pattern DOT_AT_END = Pattern.compile("\\.(/|$)");
    private static final int MOVED_PERMANENTLY = 301;

    private final ProblemWriter refused;

    PathSpellingFilter(ProblemWriter refused) {
        this.refused = refused;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, RequestOrder.SPELLING.priority());
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = request.path();
        if (isCanonical(path)) {
            context.next();
        } else if (path != null && isPageWithSlash(path) && isReading(request.method())) {
            String query = request.query() == null ? "" : "?" + request.query();
            context.response()
                    .setStatusCode(MOVED_PERMANENTLY)
                    .putHeader(HttpHeaders.LOCATION, path.substring(0, path.length() - 1) + query)
                    .end();
        } else {
            refused.end(context, ProblemException.notFound("thing here"));
        }
    }

    static boolean isCanonical(@Nullable String path) {
        return path != null && isSpelled(path) && (!path.endsWith("/") || path.equals("/") || path.equals(SWAGGER_UI));
    }

    /** An address of the page as some people write it: it has one leading slash, so it leads to no other host. */
    static boolean isPageWithSlash(String path) {
        return path.endsWith("/") && path.length() > 1 && isSpelled(path) && !SERVICE.contains(firstSegment(path));
    }

    private static boolean isSpelled(String path) {
        String first = firstSegment(path);
        boolean isService = SERVICE.contains(first);
        if (!isService && SERVICE.contains(first.toLowerCase(Locale.ROOT))) {
            return false;
        }
        Pattern allowed = isService ? PLAIN : OF_PAGE;
        return path.startsWith("/")
                && allowed.matcher(path).matches()
                && !DOT_AT_END.matcher(path).find();
    }

    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
    }

    private static boolean isReading(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
