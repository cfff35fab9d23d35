package dev.datapipeline.llm.call;

import java.time.Duration;

/** What the ledger says to a call. */
public sealed interface Admission {
    /** The call may go up now. */
    record Granted(OpenCall call) implements Admission {}

    /**
     * The answer is known already; nothing goes up and nothing is paid.
     *
     * @param callId of this call in the books
     */
    record Answered(String callId, StoredAnswer answer, Source source) implements Admission {}

    /**
     * The call does not go up.
     *
     * @param message for the author of the script: what happened and what to do; without secrets
     * @param retryAfter when it may work; zero where trying again is useless
     */
    record Refused(Refusal refusal, String message, Duration retryAfter) implements Admission {}

    enum Source {
        /** Kept for this run: the same record asked the same before it was interrupted. */
        REPLAY,
        /** Shared between runs. */
        CACHE
    }
}
