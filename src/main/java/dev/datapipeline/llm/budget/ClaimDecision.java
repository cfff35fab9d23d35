package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Picodollars;

/** What becomes of a claim. */
public sealed interface ClaimDecision {
    record Reserved(Reservation reservation) implements ClaimDecision {}

    /**
     * No open call can give back enough.
     *
     * @param needed by this claim
     * @param left unused
     */
    record OutOfBudget(Picodollars needed, Picodollars left) implements ClaimDecision {}

    /** There is a limit, so that a call whose cost nobody knows may not go up. */
    record Limited() implements ClaimDecision {}

    /** The account is closed: its run is paused or over. */
    record Closed() implements ClaimDecision {}

    /** The budget could not be asked for. */
    record Unavailable() implements ClaimDecision {}
}
