package dev.datapipeline.http.download;

import java.io.IOException;

/** Whoever waits for an answer, as far as the work for it has to know. */
public interface Client {
    /** One that never goes: work that is done for no connection. */
    Client NONE = () -> false;

    /** Whether the connection is closed, so that nobody will see the answer. */
    boolean isGone();

    /** Ends work for a client that has gone. */
    default void requirePresent() throws IOException {
        if (isGone()) {
            throw new IOException("the client has gone");
        }
    }
}
