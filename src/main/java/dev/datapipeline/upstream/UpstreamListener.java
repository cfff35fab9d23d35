package dev.datapipeline.upstream;

import java.util.Map;

/** Told what becomes of a request, on the event loop that it was sent on: a head, bytes, then an end; or a failure at any time, as the last. */
public interface UpstreamListener {
    /** @param headers names in lower case, of several values the first */
    void head(int status, Map<String, String> headers);

    void bytes(byte[] piece);

    void end();

    /** @param reason masked */
    void failed(UpstreamFailure failure, String reason);
}
