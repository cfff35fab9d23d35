package dev.datapipeline.http.filter;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests that name their host in two ways or ambiguously: a proxy may have believed the other one (RFC 9112, section 3.2). {@link
 * CrossSiteRequestFilter} decides which names belong to the service.
 */
@Singleton
final class RequestTargets {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._~-]+)?]|[A-Za-z0-9._-]+)(:(?<port>[0-9]{1,5}))?");
    private static final int LARGEST_PORT = 65_535;

    private final ProblemWriter problems;

    RequestTargets(ProblemWriter problems) {
        this.problems = problems;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<String> problem = problem(request.uri(), request.headers().getAll(HttpHeaders.HOST), request.scheme());
        if (problem.isEmpty()) {
            context.next();
            return;
        }
        problems.end(context, new ProblemException(ProblemType.INVALID_REQUEST, problem.get()));
    }

    /** The reason to reject the request. An empty host, or none in HTTP/1.0, passes. */
    static Optional<String> problem(@Nullable String target, List<String> hosts, @Nullable String scheme) {
        if (hosts.size() > 1) {
            return Optional.of("The request has more than one Host header.");
        }
        String host = hosts.isEmpty() ? "" : hosts.getFirst().strip();
        if (!host.isEmpty() && !isHost(host)) {
            return Optional.of(
                    "The Host header of the request cannot be read: it is a name or an IP address, and a port.");
        }
        if (target != null && ABSOLUTE.matcher(target).matches() && !isBelow(target, scheme + "://" + host)) {
            return Optional.of(
                    "The address in the request is of another host than the Host header, or of another scheme.");
        }
        return Optional.empty();
    }

    private static boolean isHost(String text) {
        var host = HOST.matcher(text);
        if (!host.matches()) {
            return false;
        }
        String port = host.group("port");
        return port == null || Integer.parseInt(port) > 0 && Integer.parseInt(port) <= LARGEST_PORT;
    }

    private static boolean isBelow(String target, String own) {
        String lower = target.toLowerCase(Locale.ROOT);
        String origin = own.toLowerCase(Locale.ROOT);
        return lower.startsWith(origin)
                && (lower.length() == origin.length() || "/?".indexOf(lower.charAt(origin.length())) >= 0);
    }
}
