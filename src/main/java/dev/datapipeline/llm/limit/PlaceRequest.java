package dev.datapipeline.llm.limit;

import java.time.Duration;
import java.util.UUID;

/**
 * Asks for a place.
 *
 * @param owner the run or the trial; owners take turns
 * @param tokens that the call will probably use, input and output
 * @param pause to wait at least, after a try that failed
 * @param longestWait after which the caller would rather know that it is too late
 */
public record PlaceRequest(UUID owner, boolean isTrial, long tokens, Duration pause, Duration longestWait) {}
