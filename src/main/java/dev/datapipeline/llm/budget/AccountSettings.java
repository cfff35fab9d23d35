package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Picodollars;

/**
 * Who this process is, and what may be spent where nobody says anything else.
 *
 * @param installation keeps its name over restarts
 * @param instance of this process
 * @param machineStart names this start of the machine
 */
public record AccountSettings(
        String installation,
        String instance,
        String machineStart,
        Picodollars runBudget,
        Picodollars trialBudget,
        Picodollars trialsOfADay) {}
