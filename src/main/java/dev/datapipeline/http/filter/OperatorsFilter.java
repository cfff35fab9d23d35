package dev.datapipeline.http.filter;

import dev.datapipeline.http.HttpConfig;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Allows health, metrics and the API explorer (everything below {@code /q}) to operators only: clients on this machine or in a network of
 * {@code datapipeline.http.operators}. Requests through a proxy come from somebody else, whatever the address of the connection.
 */
@Singleton
final class OperatorsFilter {
    private static final String ANYBODY = "any";
    private static final List<String> TRACES_OF_PROXIES =
            List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via");
    private static final int ANY_PORT = 0;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F]*[.:][0-9a-fA-F.:]*(%[A-Za-z0-9._-]+)?");

    private final boolean isAnybody;
    private final List<IpSubnetFilterRule> networks;
    private final ProblemWriter problems;

    @Inject
    OperatorsFilter(HttpConfig config, ProblemWriter problems) {
        this(config.operators().orElse(List.of()), problems);
    }

    /** @param allowed networks such as {@code 10.0.0.0/8}, single addresses, or {@code any} */
    OperatorsFilter(List<String> allowed, ProblemWriter problems) {
        this.isAnybody = allowed.contains(ANYBODY);
        this.networks = isAnybody
                ? List.of()
                : allowed.stream().map(OperatorsFilter::network).toList();
        this.problems = problems;
    }

    void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!isForOperators(request.path()) || isOperator(address(request.remoteAddress()), isForwarded(request))) {
            context.next();
            return;
        }
        problems.end(
                context,
                new ProblemException(
                        ProblemType.OPERATORS_ONLY,
                        "Only operators may see this. Ask from the machine of the service without a proxy, or have your network"
                                + " added to datapipeline.http.operators."));
    }

    private static boolean isForOperators(@Nullable String path) {
        return path != null && (path.equals("/q") || path.startsWith("/q/"));
    }

    boolean isOperator(@Nullable InetAddress client, boolean isForwarded) {
        if (isAnybody) {
            return true;
        }
        if (client == null || isForwarded) {
            return false;
        }
        return client.isLoopbackAddress()
                || networks.stream().anyMatch(network -> network.matches(new InetSocketAddress(client, ANY_PORT)));
    }

    private static boolean isForwarded(HttpServerRequest request) {
        return TRACES_OF_PROXIES.stream().anyMatch(request.headers()::contains);
    }

    /** Null where a proxy or a Unix socket gives a name instead of an address; never resolves a name. */
    private static @Nullable InetAddress address(@Nullable SocketAddress remote) {
        String host = remote == null ? null : remote.hostAddress();
        try {
            return host == null || !ADDRESS.matcher(host).matches() ? null : InetAddress.getByName(host);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }

    private static IpSubnetFilterRule network(String text) {
        String[] parts = text.strip().split("/", 2);
        if (!ADDRESS.matcher(parts[0]).matches()) {
            throw unreadable(text);
        }
        int bits = parts[0].indexOf(':') < 0 ? Integer.SIZE : 4 * Integer.SIZE;
        try {
            int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            return new IpSubnetFilterRule(parts[0], prefix, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException noPrefix) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "datapipeline.http.operators has addresses and networks such as 10.0.0.0/8, or any; this is none: "
                        + text);
    }
}
