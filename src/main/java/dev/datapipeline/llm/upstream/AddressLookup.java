package dev.datapipeline.llm.upstream;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.upstream.AddressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The addresses of one upstream. The check is made on the address that is then connected to, so that a name cannot change its meaning in
 * between.
 */
final class AddressLookup {
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final UpstreamSettings settings;
    private final AsyncLoadingCache<String, List<InetAddress>> found;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param blocking where names may be looked up */
    AddressLookup(UpstreamSettings settings, Executor blocking) {
        this.settings = settings;
        this.found =
                Caffeine.newBuilder().expireAfterWrite(KEPT).executor(blocking).buildAsync(this::allowed);
    }

    /** Completes exceptionally where there is none that is allowed, with a reason for the administrator. */
    CompletableFuture<InetAddress> address() {
        return found.get(settings.baseUrl().getHost())
                .thenApply(addresses -> addresses.get(Math.floorMod(turn.get(), addresses.size())));
    }

    /** No connection to the last one: the next one is tried from now on. */
    void next() {
        turn.incrementAndGet();
    }

    private List<InetAddress> allowed(String host) throws UnknownHostException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(name))
                .filter(AddressRules::isAllowed)
                .toList();
        if (addresses.isEmpty()) {
            throw new UnknownHostException(
                    host + " has only addresses that model calls may not go to (link-local, metadata)");
        }
        boolean isExposed = settings.key().isConfigured()
                && !settings.isEncrypted()
                && !addresses.stream().allMatch(AddressRules::isNear);
        if (isExposed) {
            throw new UnknownHostException(
                    host + " is a public address: the key would go there unencrypted; use https");
        }
        return addresses;
    }
}
