package dev.datapipeline.llm.call;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A call that holds a claim on the budget and a place in the rate limit until it is ended, once, by settle or retry. */
public interface OpenCall {
    /** Names the call in the books and in the header {@code x-dpf-call}; the same for all its tries. */
    String id();

    /**
     * The upstream has begun to answer. Comes at most once for a try, and not where no answer came.
     *
     * @param limits headers of the answer that speak of rate limits ({@code retry-after*}, {@code x-ratelimit-*}), names in lower case
     */
    void answered(int status, Map<String, String> limits);

    /**
     * Ends this try and queues the next one, which needs a claim and a place of its own. The grant brings an open call with the same id.
     *
     * @param pause to wait at least; the ledger takes the longest of this and what the upstream has asked for
     */
    QueuedCall retry(CallEnd end, Duration pause);

    /** Ends the call. Completes once the books are durable; exceptionally when they cannot be written. */
    CompletionStage<Settlement> settle(CallEnd end);
}
