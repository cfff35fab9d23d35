package dev.datapipeline.llm.ledger.pause;

import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.run.PauseReason;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run cannot go on until somebody does something. Sent as an event, perhaps several times for one run; the run is paused when all
 * observers have returned.
 *
 * @param needed what the call can cost that cannot be paid; null where money is not what is missing
 * @param message for people: what happened and what to do
 */
public record RunMustPause(
        UUID run, PauseReason reason, @Nullable Picodollars needed, String message) {}
