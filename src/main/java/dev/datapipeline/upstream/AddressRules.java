package dev.datapipeline.upstream;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Where calls of the service may go. An administrator names the servers, so this machine and private networks are allowed: a model or an
 * index of one's own runs there. What gives keys of a cloud to whoever asks is not.
 */
public final class AddressRules {
    private static final Set<String> METADATA_NAMES =
            Set.of("metadata", "metadata.google.internal", "metadata.goog", "instance-data");

    /** Metadata of clouds outside of the link-local range: Alibaba, Oracle, Azure, AWS over IPv6. */
    private static final Set<String> METADATA_ADDRESSES =
            Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254");

    private static final int IPV4_LENGTH = 4;

    private AddressRules() {}

    public static boolean isMetadataName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return METADATA_NAMES.contains(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    public static boolean isAllowed(InetAddress address) {
        InetAddress plain = withoutWrapping(address);
        return !plain.isLinkLocalAddress()
                && !plain.isAnyLocalAddress()
                && !plain.isMulticastAddress()
                && !METADATA_ADDRESSES.contains(plain.getHostAddress())
                && !isBroadcast(plain);
    }

    /** Whether it is this machine or a private network, where a key may go without encryption. */
    public static boolean isNear(InetAddress address) {
        InetAddress plain = withoutWrapping(address);
        return plain.isLoopbackAddress() || plain.isSiteLocalAddress() || isUniqueLocal(plain) || isShared(plain);
    }

    /** IPv6 addresses that stand for one of IPv4: mapped, compatible, NAT64, 6to4. */
    private static InetAddress withoutWrapping(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        boolean isNat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean isInZeros = !address.isLoopbackAddress() && !address.isAnyLocalAddress() && areZero(bytes, 0, 10);
        boolean isSixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        int start = isNat64 || isInZeros ? bytes.length - IPV4_LENGTH : 2;
        return isNat64 || isInZeros || isSixToFour ? ipv4(bytes, start) : address;
    }

    private static InetAddress ipv4(byte[] bytes, int start) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, start, start + IPV4_LENGTH));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean areZero(byte[] bytes, int from, int to) {
        for (int index = from; index < to; index++) {
            if (bytes[index] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }

    /** 100.64.0.0/10, which networks such as Tailscale use. */
    private static boolean isShared(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == IPV4_LENGTH && bytes[0] == 100 && (bytes[1] & 0xc0) == 0x40;
    }

    private static boolean isBroadcast(InetAddress address) {
        return address.getHostAddress().equals("255.255.255.255");
    }
}
