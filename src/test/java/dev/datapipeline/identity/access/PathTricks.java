package dev.datapipeline.identity.access;

import java.util.List;
import java.util.Locale;

/** Other spellings of a path, by which a check of the path could be got round. */
final class PathTricks {
    private PathTricks() {}

    static List<String> of(String path) {
        int last = path.lastIndexOf('/');
        String head = path.substring(0, last);
        String tail = path.substring(last + 1);
        return List.of(
                path.toUpperCase(Locale.ROOT),
                "/" + path,
                "//localhost" + path,
                head + "//" + tail,
                head + "/./" + tail,
                head + "/x/../" + tail,
                head + "%2f" + tail,
                head + "%2F" + tail,
                head + "%5c" + tail,
                head + "\\" + tail,
                head + ";x=1/" + tail,
                path + "/",
                path + "//",
                path + "/.",
                path + "/..",
                path + "/%2e",
                path + "/%2e%2e",
                path + ";x",
                path + ";jsessionid=1",
                path + "%00",
                path + "%20",
                path + "%09",
                path + ".",
                path + ".json",
                path + ".css",
                path + ".png",
                path + "/x.js",
                path + "?x=/assets/x.js",
                path + "?access_token=1",
                path + "%3f",
                path + "%23",
                "/." + path,
                "/.." + path,
                "/x/.." + path,
                "/assets/.." + path,
                "/assets/%2e%2e" + path,
                "/q/health/.." + path,
                "/q/health/%2e%2e/%2e%2e" + path,
                "/login" + path,
                "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2),
                "/%25" + Integer.toHexString(path.charAt(1)) + path.substring(2),
                "/%u0061" + path.substring(2),
                "/%c0%af" + path.substring(1));
    }
}
