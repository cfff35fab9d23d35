package dev.datapipeline.llm.call;

import java.util.concurrent.CompletionStage;

/** A call that waits for its turn. */
public interface QueuedCall {
    /** Completes exactly once, and exceptionally only for faults of the service itself (the gateway then answers 503). */
    CompletionStage<Admission> admission();

    /**
     * The client is gone: takes the call out of the queue, after which the admission may never complete. A grant that comes all the same
     * is ended by the gateway as {@link CallEnd.Unbilled.Cause#WITHDRAWN}.
     */
    void withdraw();
}
