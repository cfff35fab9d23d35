package dev.datapipeline.http.download;

import java.io.IOException;

/** The client that waits for an answer, as far as the work for it needs to know. */
public interface Client {
    /** Never goes away: for work that no connection waits for. */
    Client NONE = () -> false;

    /** Whether the connection is closed, so that nobody will see the answer. */
    boolean isGone();

    /** Throws if the client has gone, to end the work for it. */
    default void requirePresent() throws IOException {
        if (isGone()) {
            throw new IOException("the client has gone");
        }
    }
}
