package dev.datapipeline.environment.index.upstream;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of an index that is being read.
 *
 * @param url that it came from, after all redirects
 * @param headers names in lower case
 */
record IndexAnswer(URI url, int status, Map<String, String> headers, BodyStream stream) implements AutoCloseable {
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Whether it sends to another place, which was not followed. */
    boolean isElsewhere() {
        return IndexClient.REDIRECTS.contains(status) && header("location") != null;
    }

    InputStream body() {
        return stream;
    }

    @Override
    public void close() {
        stream.close();
    }
}
