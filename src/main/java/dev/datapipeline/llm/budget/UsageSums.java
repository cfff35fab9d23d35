package dev.datapipeline.llm.budget;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The sums of an account, and which of them the database does not know yet. Not thread-safe. */
final class UsageSums {
    private final Map<UsageKey, UsageSum> sums = new HashMap<>();
    private final Map<UsageKey, UsageSum> unreported = new HashMap<>();

    void add(UsageKey usage, UsageSum amount) {
        unreported.put(usage, sums.merge(usage, amount, UsageSum::plus));
    }

    boolean areReported() {
        return unreported.isEmpty();
    }

    Map<UsageKey, UsageSum> takeUnreported() {
        Map<UsageKey, UsageSum> taken = Map.copyOf(unreported);
        unreported.clear();
        return taken;
    }

    /** What was taken has not arrived. */
    void reportAgain(Collection<UsageKey> usages) {
        usages.forEach(usage -> unreported.put(usage, sums.getOrDefault(usage, UsageSum.NONE)));
    }

    Map<UsageKey, UsageSum> all() {
        return Map.copyOf(sums);
    }
}
