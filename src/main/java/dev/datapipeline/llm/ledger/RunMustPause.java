package dev.datapipeline.llm.ledger;

import java.util.UUID;

/**
 * A run cannot go on until somebody does something. Sent as an event, perhaps several times for one run; the run is paused when all
 * observers have returned.
 *
 * @param message for people: what happened and what to do
 */
public record RunMustPause(UUID run, Reason reason, String message) {
    public enum Reason {
        BUDGET,
        KEY_REFUSED,
        QUOTA_EXHAUSTED,
        /** An upstream has billed more than a call could cost. */
        OVERCHARGED
    }
}
