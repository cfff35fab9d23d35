package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.upstream.AddressRules;
import dev.datapipeline.upstream.WebAddresses;
import io.vertx.core.net.ProxyOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an index may send us. An administrator named the index, so it may be anywhere but at a metadata service; what it names itself, in a
 * redirect or as the address of a file, may not be nearer to us than the index is.
 */
record Hop(IndexSettings index) {
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:0[xX][0-9A-Fa-f]*|[0-9]+)\\.?");
    private static final Pattern PLAIN_ADDRESS =
            Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");

    /**
     * How a request gets to its server: to one of its addresses, or through a proxy, which is given the name.
     *
     * @param address null where the proxy looks the name up
     */
    record Route(@Nullable InetAddress address, @Nullable ProxyOptions proxy) {}

    Route route(URI url) throws IndexUnreachableException {
        Optional<ProxyOptions> proxy = index.network().proxyTo(url.getHost());
        if (proxy.isEmpty()) {
            return new Route(address(url), null);
        }
        checkProxied(url);
        return new Route(null, proxy.get());
    }

    /**
     * What a proxy makes of a name is known to nobody here, and often the name is not known here at all. What can be known must be allowed.
     */
    private void checkProxied(URI url) throws IndexUnreachableException {
        boolean isOwn = WebAddresses.isSameOrigin(index.url(), url);
        if (isOwn && index.password().isConfigured() && !WebAddresses.isEncrypted(url)) {
            throw IndexClient.unreachable(
                    index, "its password would go through the proxy unencrypted; use https, or name it in no-proxy");
        }
        List<InetAddress> known = isOwn && !isNumeric(url.getHost()) ? List.of() : known(url.getHost());
        boolean isNowhere = AddressRules.isMetadataName(url.getHost())
                || isNumeric(url.getHost()) && known.isEmpty()
                || !known.stream().allMatch(AddressRules::isAllowed);
        if (isNowhere) {
            throw IndexClient.unreachable(index, "it is at an address where no index may be (link-local, metadata)");
        }
        List<InetAddress> own = isOwn ? List.of() : known(index.url().getHost());
        if (!isOwn && known.stream().anyMatch(address -> isNearer(address, own))) {
            throw nearer();
        }
    }

    /** Whether some program takes the name for an address: in decimal, hexadecimal or octal digits, or in parts of them. */
    private static boolean isNumeric(String host) {
        return host.startsWith("[") || NUMERIC.matcher(host).matches();
    }

    /** @return empty where the name is not known on this machine */
    private static List<InetAddress> known(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        if (isNumeric(host)
                && !host.startsWith("[")
                && !PLAIN_ADDRESS.matcher(host).matches()) {
            return List.of();
        }
        try {
            return Arrays.asList(InetAddress.getAllByName(withoutBrackets(host)));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    private IndexUnreachableException nearer() {
        return IndexClient.unreachable(index, "it sends to an address of a nearer network, which is not followed");
    }

    /** The address to connect to. The name is not looked up again, so it cannot change its meaning in between. */
    private InetAddress address(URI url) throws IndexUnreachableException {
        List<InetAddress> allowed = AddressRules.isMetadataName(url.getHost())
                ? List.of()
                : lookUp(url.getHost()).stream().filter(AddressRules::isAllowed).toList();
        if (allowed.isEmpty()) {
            throw IndexClient.unreachable(index, "it is at an address where no index may be (link-local, metadata)");
        }
        InetAddress address = allowed.getFirst();
        boolean isOwn = WebAddresses.isSameOrigin(index.url(), url);
        if (isOwn
                && index.password().isConfigured()
                && !WebAddresses.isEncrypted(url)
                && !AddressRules.isNear(address)) {
            throw IndexClient.unreachable(
                    index, "it is at a public address and its password would go there unencrypted; use https");
        }
        if (!isOwn && isNearer(address, known(index.url().getHost()))) {
            throw nearer();
        }
        return address;
    }

    /**
     * A network of one's own is nearer than the public one, and this machine is nearer than that. An index is where its farthest address is:
     * whoever owns a name can give it a near address besides. One that only a proxy can look up is far away.
     */
    static boolean isNearer(InetAddress target, List<InetAddress> own) {
        boolean isOwnLoopback = !own.isEmpty() && own.stream().allMatch(InetAddress::isLoopbackAddress);
        boolean isOwnNear = !own.isEmpty() && own.stream().allMatch(AddressRules::isNear);
        return target.isLoopbackAddress() ? !isOwnLoopback : AddressRules.isNear(target) && !isOwnNear;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private List<InetAddress> lookUp(String host) throws IndexUnreachableException {
        try {
            return Arrays.asList(InetAddress.getAllByName(withoutBrackets(host)));
        } catch (UnknownHostException unknown) {
            throw IndexClient.unreachable(index, "its host name is not known");
        }
    }
}
