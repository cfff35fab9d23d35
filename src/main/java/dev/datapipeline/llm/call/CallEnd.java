package dev.datapipeline.llm.call;

import org.jspecify.annotations.Nullable;

/** How a try ended, as far as money is concerned. */
public sealed interface CallEnd {
    /**
     * The upstream has answered in full.
     *
     * @param usage as the answer reports it, not yet checked; null where it reports none
     * @param servedModel as the answer names it; null where it does not
     * @param servedTier as the answer names it; null where it does not
     * @param answer to keep for replay; null where it is too large to be kept
     */
    record Complete(
            int status,
            @Nullable Usage usage,
            @Nullable String servedModel,
            @Nullable String servedTier,
            @Nullable StoredAnswer answer)
            implements CallEnd {}

    /**
     * A stream ended early, by its upstream or because the client left.
     *
     * @param usage of the last event that carried one; null where none did
     * @param textBytes of the answer that had arrived
     * @param events with a piece of the answer that had arrived; a token at least each
     */
    record CutStream(@Nullable Usage usage, long textBytes, long events, boolean byClient) implements CallEnd {}

    /** The request was sent and nobody knows what became of it, or the upstream failed (5xx): it may be billed. */
    record Uncertain(int status, String reason) implements CallEnd {}

    /**
     * Nothing is owed.
     *
     * @param status of the upstream; 0 where it has not answered
     * @param reason for the books, masked
     */
    record Unbilled(Cause cause, int status, String reason) implements CallEnd {
        public enum Cause {
            /** The client left before the request was sent. */
            WITHDRAWN,
            /** No connection to the upstream. */
            NOT_CONNECTED,
            /** 4xx: the upstream does not like the request. */
            REJECTED,
            /** 429. */
            RATE_LIMITED,
            /** 401 or 403: the upstream does not accept our key. The run is paused. */
            KEY_REFUSED,
            /** The account at the upstream is empty. The run is paused. */
            QUOTA_EXHAUSTED
        }
    }
}
