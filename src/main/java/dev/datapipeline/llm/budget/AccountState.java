package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.money.Picodollars;
import java.util.Map;

/** How an account stands in this process at this moment. */
public record AccountState(
        UsageSum total, Map<UsageKey, UsageSum> sums, Picodollars reserved, int openClaims, int waitingClaims) {}
