package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What accounts of this process have counted by now. The table may not have it yet, so what it has of their owners is not read.
 *
 * @param sums by budget, then by stage and model
 */
record LiveSums(Set<String> owners, Map<UUID, Map<UsageKey, UsageSum>> sums) {
    static final LiveSums NONE = new LiveSums(Set.of(), Map.of());

    static LiveSums of(Set<Account> accounts) {
        Set<String> owners = new HashSet<>();
        Map<UUID, Map<UsageKey, UsageSum>> sums = new HashMap<>();
        for (Account account : accounts) {
            owners.add(account.key().owner());
            Map<UsageKey, UsageSum> ofBudget =
                    sums.computeIfAbsent(account.key().budget(), unknown -> new HashMap<>());
            account.state().sums().forEach((usage, sum) -> ofBudget.merge(usage, sum, UsageSum::plus));
        }
        return new LiveSums(owners, sums);
    }

    Map<UsageKey, UsageSum> of(UUID budget) {
        return sums.getOrDefault(budget, Map.of());
    }
}
