package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.money.Picodollars;
import java.util.Map;

/**
 * What an account tells the database: all amounts whole, so that telling it twice changes nothing.
 *
 * @param changed sums that have changed since the last report
 * @param isLast whether nothing more will happen
 */
record AccountReport(Picodollars lent, Picodollars used, Map<UsageKey, UsageSum> changed, boolean isLast) {}
