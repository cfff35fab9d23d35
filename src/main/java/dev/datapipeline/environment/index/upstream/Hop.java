package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.upstream.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where an index may send us. An administrator named the index, so it may be anywhere but at a metadata service; what it names itself, in a
 * redirect or as the address of a file, may not be nearer to us than the index is.
 */
record Hop(IndexSettings index) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** The address to connect to. The name is not looked up again, so it cannot change its meaning in between. */
    InetAddress address(URI url) throws IndexUnreachableException {
        List<InetAddress> allowed = AddressRules.isMetadataName(url.getHost())
                ? List.of()
                : lookUp(url.getHost()).stream().filter(AddressRules::isAllowed).toList();
        if (allowed.isEmpty()) {
            throw IndexClient.unreachable(index, "it is at an address where no index may be (link-local, metadata)");
        }
        InetAddress address = allowed.getFirst();
        boolean isOwn = isSameOrigin(index.url(), url);
        if (isOwn && index.credentials().isPresent() && !isEncrypted(url) && !AddressRules.isNear(address)) {
            throw IndexClient.unreachable(
                    index, "it is at a public address and its password would go there unencrypted; use https");
        }
        if (!isOwn && isNearer(address, lookUp(index.url().getHost()))) {
            throw IndexClient.unreachable(index, "it sends to an address of a nearer network, which is not followed");
        }
        return address;
    }

    /**
     * A network of one's own is nearer than the public one, and this machine is nearer than that. An index is where its farthest address is:
     * whoever owns a name can give it a near address besides.
     */
    static boolean isNearer(InetAddress target, List<InetAddress> own) {
        boolean isOwnLoopback = own.stream().allMatch(InetAddress::isLoopbackAddress);
        boolean isOwnNear = own.stream().allMatch(AddressRules::isNear);
        return target.isLoopbackAddress() ? !isOwnLoopback : AddressRules.isNear(target) && !isOwnNear;
    }

    static boolean isSameOrigin(URI one, URI other) {
        return isEncrypted(one) == isEncrypted(other)
                && port(one) == port(other)
                && one.getHost().equalsIgnoreCase(other.getHost());
    }

    static boolean isEncrypted(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** Whether it is an address that can be fetched: HTTP or HTTPS, with a host, without a password. */
    static boolean isWeb(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && url.getRawUserInfo() == null;
    }

    static int port(URI url) {
        boolean isStandard = url.getPort() < 0;
        return isStandard ? isEncrypted(url) ? HTTPS : HTTP : url.getPort();
    }

    private List<InetAddress> lookUp(String host) throws IndexUnreachableException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return Arrays.asList(InetAddress.getAllByName(name));
        } catch (UnknownHostException unknown) {
            throw IndexClient.unreachable(index, "its host name is not known");
        }
    }
}
