package dev.datapipeline.llm.upstream;

import dev.datapipeline.upstream.UpstreamExchange;
import dev.datapipeline.upstream.UpstreamFailure;
import dev.datapipeline.upstream.UpstreamListener;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A server that model calls go to. Thread-safe. */
public final class Upstream {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Models that think say nothing for minutes; there is no limit for a whole answer. */
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(5);

    /** Shorter than the five seconds after which common servers (uvicorn, Node) close: theirs would come under the next request. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    private static final int MAX_HEAD = 64 * 1024;

    private final UpstreamSettings settings;
    private final VertxInternal vertx;
    private final HttpClient client;
    private final AddressLookup addresses;

    Upstream(UpstreamSettings settings, Vertx vertx) {
        this.settings = settings;
        // Only this view of it has contexts for event loops that are not its own.
        this.vertx = (VertxInternal) vertx;
        this.client = vertx.createHttpClient(options(settings));
        this.addresses = new AddressLookup(
                settings,
                blocking -> vertx.executeBlocking(
                        () -> {
                            blocking.run();
                            return true;
                        },
                        false));
    }

    public String name() {
        return settings.name();
    }

    public UpstreamConfig config() {
        return settings.config();
    }

    public URI baseUrl() {
        return settings.baseUrl();
    }

    public boolean hasKey() {
        return settings.key().now().isPresent();
    }

    /** Models that may be called; empty for all. */
    public Set<String> models() {
        return new TreeSet<>(settings.config().models().orElse(Set.of()));
    }

    public boolean allows(String model) {
        return settings.config().models().map(models -> models.contains(model)).orElse(true);
    }

    /** Whether it is OpenAI itself, whose newer models know only the newer name of the output's bound. */
    public boolean isOpenAi() {
        String host = settings.baseUrl().getHost();
        return host.equals("api.openai.com") || host.endsWith(".openai.com") || isAzure();
    }

    /** Takes our key out of what the upstream said. */
    public String mask(String said) {
        return settings.key().mask().mask(said);
    }

    /** @return the same bytes where our key is not in them */
    public byte[] mask(byte[] said) {
        return settings.key().mask().mask(said);
    }

    /**
     * Sends a request with the key of the upstream. Redirects are answers like any other.
     *
     * @param loop that the connection belongs to and the listener is told on: on the loop of the caller, no byte of the answer is handed
     *     from thread to thread
     */
    public UpstreamExchange send(UpstreamRequest request, EventLoop loop, UpstreamListener listener) {
        ContextInternal context = vertx.createEventLoopContext(loop, null, null);
        UpstreamExchange exchange = new UpstreamExchange(context, listener);
        address()
                .whenComplete((address, failure) -> context.emit(now -> {
                    if (failure == null) {
                        exchange.send(client, options(request, address), request.body(), addresses::next);
                    } else {
                        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                        exchange.fail(UpstreamFailure.NOT_CONNECTED, cause == null ? failure : cause);
                    }
                }));
        return exchange;
    }

    private CompletableFuture<Optional<InetAddress>> address() {
        return settings.proxy().isPresent()
                ? CompletableFuture.completedFuture(Optional.empty())
                : addresses.address().thenApply(Optional::of);
    }

    /** For requests that come from no event loop. */
    EventLoop otherLoop() {
        return vertx.nettyEventLoopGroup().next();
    }

    void close() {
        client.close();
    }

    /** @param address empty where a proxy looks the name up */
    private RequestOptions options(UpstreamRequest request, Optional<InetAddress> address) {
        RequestOptions options = new RequestOptions()
                .setMethod(request.method())
                .setHost(settings.baseUrl().getHost())
                .setPort(settings.port())
                .setSsl(settings.isEncrypted())
                .setURI(target(request))
                .setFollowRedirects(false)
                .setIdleTimeout(IDLE_TIMEOUT.toMillis());
        if (address.isPresent()) {
            options.setServer(SocketAddress.inetSocketAddress(
                    settings.port(), address.get().getHostAddress()));
        }
        settings.proxy().ifPresent(options::setProxyOptions);
        request.headers().forEach(options::putHeader);
        options.putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
        if (request.method().equals(HttpMethod.POST)) {
            options.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(request.body().length));
        }
        settings.key().now().ifPresent(key -> {
            options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key.reveal());
            if (isAzure()) {
                options.putHeader("api-key", key.reveal());
            }
        });
        return options;
    }

    private String target(UpstreamRequest request) {
        String own = settings.baseUrl().getRawQuery();
        String query = request.query();
        if (own != null) {
            query = "?" + own + (query.length() > 1 ? "&" + query.substring(1) : "");
        }
        return settings.baseUrl().getRawPath() + "/" + request.path() + query;
    }

    private boolean isAzure() {
        return settings.baseUrl().getHost().endsWith(".azure.com");
    }

    private static HttpClientOptions options(UpstreamSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setMaxPoolSize(settings.config().inFlight())
                .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds())
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxChunkSize(MAX_HEAD)
                // We ask for none; an upstream that packs all the same is unpacked, so that the usage can be read.
                .setDecompressionSupported(true)
                .setTracingPolicy(TracingPolicy.IGNORE);
        return settings.network().trustIn(options);
    }
}
