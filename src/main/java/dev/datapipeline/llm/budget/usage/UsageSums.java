package dev.datapipeline.llm.budget.usage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The sums of an account, and which of them the database does not know yet. Not thread-safe. */
public final class UsageSums {
    private final Map<UsageKey, UsageSum> sums = new HashMap<>();
    private final Map<UsageKey, UsageSum> unreported = new HashMap<>();

    public void add(UsageKey usage, UsageSum amount) {
        unreported.put(usage, sums.merge(usage, amount, UsageSum::plus));
    }

    public boolean areReported() {
        return unreported.isEmpty();
    }

    public Map<UsageKey, UsageSum> takeUnreported() {
        Map<UsageKey, UsageSum> taken = Map.copyOf(unreported);
        unreported.clear();
        return taken;
    }

    /** What was taken has not arrived. */
    public void reportAgain(Collection<UsageKey> usages) {
        usages.forEach(usage -> unreported.put(usage, sums.getOrDefault(usage, UsageSum.NONE)));
    }

    public Map<UsageKey, UsageSum> all() {
        return Map.copyOf(sums);
    }
}
