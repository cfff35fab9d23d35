package dev.datapipeline.upstream;

/** How a request failed without an answer, or within it. */
public enum UpstreamFailure {
    /** There was no connection, so nothing was sent. */
    NOT_CONNECTED,
    /** The connection was lost before the answer began; nobody knows whether the request was served. */
    NO_ANSWER,
    /** Nothing came for longer than an upstream may think. */
    TIMED_OUT,
    /** The connection was lost within the answer. */
    BROKEN_OFF
}
