package dev.datapipeline.environment.index.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** User and password of an index. Leave this package only in the head of a request. */
final class Credentials {
    private final String header;

    Credentials(String user, String password) {
        header =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    String header() {
        return header;
    }

    @Override
    public String toString() {
        return "(credentials)";
    }
}
