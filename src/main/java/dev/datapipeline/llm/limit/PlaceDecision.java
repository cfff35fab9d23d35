package dev.datapipeline.llm.limit;

import java.time.Duration;

/** What becomes of a request for a place. */
public sealed interface PlaceDecision {
    /** The call may go up. */
    record Granted(Place place) implements PlaceDecision {}

    /**
     * The turn would come after the caller has given up.
     *
     * @param retryAfter when to try again
     */
    record TooLate(Duration retryAfter) implements PlaceDecision {}
}
