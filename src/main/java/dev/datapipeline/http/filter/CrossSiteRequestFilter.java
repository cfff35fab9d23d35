package dev.datapipeline.http.filter;

import dev.datapipeline.http.HttpConfig;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from using the service through the browser of a person who can reach it. Browsers say which site a request
 * comes from; requests that do not say (curl, scripts) pass.
 *
 * <p>Only known host names are answered, so another site cannot pose as the service by DNS rebinding.
 */
@Singleton
final class CrossSiteRequestFilter {
    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*(%[^]]*)?]?");

    private final Set<String> names;
    private final ProblemWriter problems;

    CrossSiteRequestFilter(HttpConfig config, ProblemWriter problems) {
        this.names = new HashSet<>(Set.of("localhost", nameOfThisMachine()));
        config.hosts().ifPresent(hosts -> hosts.forEach(name -> names.add(name.toLowerCase(Locale.ROOT))));
        this.problems = problems;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<ProblemException> problem = problem(
                request.method(),
                host(request.authority()),
                request.getHeader(SITE),
                request.getHeader("Origin"),
                request.scheme() + "://" + request.getHeader(HttpHeaders.HOST));
        if (problem.isPresent()) {
            problems.end(context, problem.get());
        } else {
            context.next();
        }
    }

    Optional<ProblemException> problem(
            HttpMethod method,
            @Nullable String host,
            @Nullable String site,
            @Nullable String origin,
            String ownOrigin) {
        if (host != null && !isOurs(host.toLowerCase(Locale.ROOT))) {
            return Optional.of(new ProblemException(
                    ProblemType.UNKNOWN_HOST,
                    "The service does not answer to the name in the Host header. Use localhost or an IP address, or add the name"
                            + " to datapipeline.http.hosts."));
        }
        boolean isForeign = site != null ? !OWN_SITES.contains(site) : isOtherOrigin(origin, ownOrigin);
        if (isForeign && !HARMLESS.contains(method)) {
            return Optional.of(
                    new ProblemException(
                            ProblemType.CROSS_SITE,
                            "The request comes from a page of another site and is refused. Send it from the page of the service, or from a program."));
        }
        return Optional.empty();
    }

    private boolean isOurs(String host) {
        return names.contains(host)
                || host.endsWith(".localhost")
                || ADDRESS.matcher(host).matches();
    }

    /** Older browsers only send Origin: scheme, host and port. */
    private static boolean isOtherOrigin(@Nullable String origin, String ownOrigin) {
        return origin != null && !origin.equalsIgnoreCase(ownOrigin);
    }

    private static @Nullable String host(@Nullable HostAndPort authority) {
        return authority == null ? null : authority.host();
    }

    private static String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
