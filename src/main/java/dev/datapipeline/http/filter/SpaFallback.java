package dev.datapipeline.http.filter;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Answers paths inside the page, such as {@code /runs/7f3a}, with the page, which knows what to show.
 *
 * <p>Runs after the static files and before the resources, which answer every unknown path with a problem. A path with a dot in its last
 * segment names a file. If the file is missing, browsers that want a page get the page with status 404; scripts, styles and programs get
 * the problem.
 */
@Singleton
final class SpaFallback {
    private static final List<String> NOT_OF_THE_PAGE =
            List.of("/api", "/q", "/submit_pipeline", "/get_result", "/assets");
    private static final int NOT_FOUND = 404;

    /** The names of the files change with every build, so a cached page must be revalidated. */
    void revalidatePage(RoutingContext request) {
        HttpServerResponse response = request.response();
        request.addHeadersEndHandler(end -> {
            if (String.valueOf(response.headers().get(HttpHeaders.CONTENT_TYPE)).startsWith("text/html")) {
                response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            }
        });
        request.next();
    }

    void handle(RoutingContext request) {
        String path = request.normalizedPath();
        boolean isFile = namesFile(path);
        if (!mayBeOfThePage(path) || (isFile && !wantsPage(request))) {
            request.next();
            return;
        }
        if (isFile) {
            request.response().setStatusCode(NOT_FOUND);
        }
        request.reroute("/");
    }

    private static boolean mayBeOfThePage(String path) {
        return !path.equals("/") && NOT_OF_THE_PAGE.stream().noneMatch(prefix -> isBelow(path, prefix));
    }

    private static boolean namesFile(String path) {
        return path.indexOf('.', path.lastIndexOf('/')) >= 0;
    }

    /** Browsers accept text/html for the address bar and for nothing else. */
    private static boolean wantsPage(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains("text/html");
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
