package dev.datapipeline.upstream;

import java.net.URI;
import java.util.Locale;

/** What an address of HTTP says. */
public final class WebAddresses {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private WebAddresses() {}

    /** Whether it is an address that can be fetched: HTTP or HTTPS, with a host, without a password. */
    public static boolean isWeb(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && url.getRawUserInfo() == null;
    }

    public static boolean isEncrypted(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    public static int port(URI url) {
        boolean isStandard = url.getPort() < 0;
        return isStandard ? isEncrypted(url) ? HTTPS : HTTP : url.getPort();
    }

    public static boolean isSameOrigin(URI one, URI other) {
        return isEncrypted(one) == isEncrypted(other)
                && port(one) == port(other)
                && one.getHost().equalsIgnoreCase(other.getHost());
    }
}
