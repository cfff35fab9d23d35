package dev.datapipeline.http.filter;

import dev.datapipeline.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accepts one spelling per path and answers all others with 404. The router would treat {@code //api}, {@code /./api}, {@code /%61pi} and
 * {@code /api;x} as the same path, so a rule in a proxy for one of them could be bypassed.
 */
@Singleton
final class PathSpellingFilter {
    /** First segments of paths that do not belong to the page. */
    private static final Set<String> SERVICE = Set.of("api", "q", "submit_pipeline", "get_result", "assets");

    /** The links of this page are relative to this path. */
    private static final String SWAGGER_UI = "/q/swagger-ui/";

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,=:@-]+)*/?");
    /** Paths of the page may hold letters of other alphabets and blanks, which are percent-encoded. */
    private static final Pattern OF_PAGE =
            Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,=:@-]|%20|%[89A-Fa-f][0-9A-Fa-f])+)*/?");

    private static final Pattern DOT_AT_END = Pattern.compile("\\.(/|$)");
    private static final int MOVED_PERMANENTLY = 301;

    private final ProblemWriter problems;

    PathSpellingFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    void handle(RoutingContext context) {
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
            problems.end(context, ProblemException.notFound("path"));
        }
    }

    static boolean isCanonical(@Nullable String path) {
        return path != null && isSpelled(path) && (!path.endsWith("/") || path.equals("/") || path.equals(SWAGGER_UI));
    }

    /** A path of the page with a slash at its end. It has one leading slash, so a redirect cannot lead to another host. */
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
