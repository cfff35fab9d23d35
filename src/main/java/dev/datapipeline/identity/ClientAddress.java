package dev.datapipeline.identity;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a request comes from. */
public final class ClientAddress {
    private static final int BYTES_OF_NETWORK = 8;

    private ClientAddress() {}

    public static String of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? "unknown" : address;
    }

    /** Whoever has one address of IPv6 has all of its network, 2 to the power of 64 of them. */
    public static String network(String address) {
        byte @Nullable [] bytes = bytes(address);
        return bytes == null ? address : HexFormat.of().formatHex(bytes, 0, BYTES_OF_NETWORK) + "::/64";
    }

    private static byte @Nullable [] bytes(String address) {
        if (address.indexOf(':') < 0) {
            return null;
        }
        try {
            return InetAddress.getByName(address) instanceof Inet6Address six ? six.getAddress() : null;
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}
