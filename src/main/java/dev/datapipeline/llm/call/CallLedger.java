package dev.datapipeline.llm.call;

import java.util.OptionalLong;
import java.util.UUID;

/** Decides about model calls: replay, rate limit, budget; and keeps the books. Thread-safe. */
public interface CallLedger {
    /**
     * Queues a call. Answers kept for replay and cached ones come first: they cost nothing and wait for nothing.
     *
     * <p>A request that cannot be paid while other calls are open waits for them; the budget is out when none is open. Refusing with
     * {@link Refusal#BUDGET_EXHAUSTED} also pauses the run, before the refusal is told.
     */
    QueuedCall admit(CallRequest request);

    /**
     * An attempt at records begins or has ended: they ask everything anew, and get what they had.
     *
     * @param id of the run or the trial
     */
    void attempt(UUID id, long firstRecord, long records);

    /** The most tokens that the model can answer with, where the price table knows it. */
    OptionalLong outputLimit(String upstream, String model);
}
