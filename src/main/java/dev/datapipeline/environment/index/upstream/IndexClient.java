package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.upstream.Network;
import dev.datapipeline.upstream.UpstreamExchange;
import dev.datapipeline.upstream.WebAddresses;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fetches from indexes, with all that an index may not do. Thread-safe; blocks. */
@Singleton
public final class IndexClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);
    private static final int MAX_CONNECTIONS = 16;
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MOST_REDIRECTS = 5;
    static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final byte[] NOTHING = {};

    private final Vertx vertx;
    private final Ticker ticker;
    /** By the authorities that they trust; indexes differ in them seldom. */
    private final Map<List<Path>, HttpClient> clients = new HashMap<>();

    public IndexClient(Vertx vertx, Ticker ticker) {
        this.vertx = vertx;
        this.ticker = ticker;
    }

    /**
     * What is asked of an index.
     *
     * @param accept types of content
     * @param isPacked whether the answer may come packed
     * @param longest time for the whole answer
     * @param isLocal whether only the host of the address may answer; a redirect to another one is the answer then
     */
    record Query(URI url, String accept, boolean isPacked, Duration longest, boolean isLocal) {}

    /**
     * Asks, and follows redirects. The caller closes the answer.
     *
     * @throws IndexUnreachableException when there is no answer, whatever the reason
     */
    IndexAnswer get(IndexSettings index, Query query) throws IndexUnreachableException, InterruptedException {
        URI url = query.url();
        Hop hop = new Hop(index);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            IndexAnswer answer = ask(index, query, url, hop.route(url));
            String location = answer.header("location");
            if (!REDIRECTS.contains(answer.status()) || location == null) {
                return answer;
            }
            answer.close();
            URI target = target(index, url, location);
            if (query.isLocal()
                    && !target.getHost().equalsIgnoreCase(query.url().getHost())) {
                return answer;
            }
            url = target;
        }
        throw unreachable(index, "it sends from one address to the next");
    }

    private IndexAnswer ask(IndexSettings index, Query query, URI url, Hop.Route route)
            throws IndexUnreachableException, InterruptedException {
        BodyStream body = new BodyStream(ticker.deadlineIn(query.longest()));
        Context context = vertx.getOrCreateContext();
        UpstreamExchange exchange = new UpstreamExchange(context, body);
        body.readsFrom(exchange);
        RequestOptions options = options(index, query, url, route);
        HttpClient client = client(index.network());
        context.runOnContext(now -> exchange.send(client, options, NOTHING, () -> {}));
        try {
            BodyStream.Head head = body.awaitHead();
            return new IndexAnswer(url, head.status(), head.headers(), body);
        } catch (InterruptedIOException interrupted) {
            body.close();
            throw new InterruptedException();
        } catch (IOException broken) {
            body.close();
            throw unreachable(
                    index, broken.getMessage() + (route.proxy() == null ? "" : ", asked for through the proxy"));
        }
    }

    private static URI target(IndexSettings index, URI from, String location) throws IndexUnreachableException {
        try {
            URI target = from.resolve(new URI(location));
            boolean isDowngrade = WebAddresses.isEncrypted(from) && !WebAddresses.isEncrypted(target);
            if (isDowngrade || !WebAddresses.isWeb(target)) {
                throw unreachable(index, "it sends to an address that is not followed");
            }
            return target;
        } catch (URISyntaxException | IllegalArgumentException invalid) {
            throw unreachable(index, "it sends to an address that is none");
        }
    }

    private static RequestOptions options(IndexSettings index, Query query, URI url, Hop.Route route) {
        int port = WebAddresses.port(url);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(WebAddresses.isEncrypted(url))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setIdleTimeout(IDLE_TIMEOUT.toMillis())
                .putHeader("accept", query.accept())
                .putHeader("accept-encoding", query.isPacked() ? "gzip" : "identity")
                .putHeader("user-agent", "data-pipeline-framework");
        if (route.address() != null) {
            options.setServer(
                    SocketAddress.inetSocketAddress(port, route.address().getHostAddress()));
        }
        if (route.proxy() != null) {
            options.setProxyOptions(route.proxy());
        }
        Optional<Credentials> own =
                index.password().now().filter(secret -> WebAddresses.isSameOrigin(index.url(), url));
        own.ifPresent(secret -> options.putHeader("authorization", secret.header()));
        return options;
    }

    static IndexUnreachableException unreachable(IndexSettings index, String reason) {
        String host = index.url().getHost().toLowerCase(Locale.ROOT);
        return new IndexUnreachableException(
                index.name(),
                "The package index \"" + index.name() + "\" (" + host + ") cannot be used: "
                        + index.password().mask(reason) + ".");
    }

    private synchronized HttpClient client(Network network) {
        return clients.computeIfAbsent(
                network.authorities(),
                authorities -> vertx.createHttpClient(network.trustIn(new HttpClientOptions()
                        .setMaxPoolSize(MAX_CONNECTIONS)
                        .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setMaxHeaderSize(MAX_HEAD)
                        .setMaxChunkSize(MAX_HEAD)
                        .setDecompressionSupported(true)
                        .setTracingPolicy(TracingPolicy.IGNORE))));
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        clients.values().forEach(HttpClient::close);
    }
}
