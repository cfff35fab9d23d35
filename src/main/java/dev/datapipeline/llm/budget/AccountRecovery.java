package dev.datapipeline.llm.budget;

import dev.datapipeline.database.Transaction;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.AllotmentTable.Abandoned;
import dev.datapipeline.llm.budget.usage.LogSums;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes what earlier processes of this installation left open. Their logs tell what was spent and what is unsettled; the rest of what was
 * lent is free again. Where a log may lack its end, since the machine has started anew, all that was lent counts as used.
 */
final class AccountRecovery {
    private static final Logger LOG = Logger.getLogger(AccountRecovery.class);
    private static final UsageKey NOBODY_KNOWS = new UsageKey(-1, "");

    private final Transactions transactions;
    private final AllotmentTable table;
    private final CallLog log;

    AccountRecovery(Transactions transactions, AllotmentTable table, CallLog log) {
        this.transactions = transactions;
        this.table = table;
        this.log = log;
    }

    /**
     * @param instance of this process, whose accounts stay
     * @return how many were closed
     */
    int closeAbandoned(String installation, String instance) {
        int all = 0;
        int closed;
        do {
            closed = transactions.run(transaction -> closeSome(transaction, installation, instance));
            all += closed;
        } while (closed > 0);
        return all;
    }

    private int closeSome(Transaction transaction, String installation, String instance) {
        List<Abandoned> abandoned = table.abandoned(transaction, installation, instance);
        for (Abandoned allotment : abandoned) {
            Map<UsageKey, UsageSum> sums = sums(allotment);
            Picodollars used = sums.values().stream()
                    .map(sum -> sum.spent().plus(sum.unsettled()))
                    .reduce(Picodollars.ZERO, Picodollars::plus);
            table.closeAbandoned(transaction, allotment, used, sums);
        }
        return abandoned.size();
    }

    private Map<UsageKey, UsageSum> sums(Abandoned allotment) {
        UUID run = allotment.run();
        if (run == null) {
            return wholly(allotment, Map.of(), Picodollars.ZERO);
        }
        try {
            String name = allotment.owner().substring(allotment.owner().lastIndexOf('/') + 1);
            LogSums sums = LogSums.of(log, run, name);
            return allotment.isOfThisStart() ? sums.sums() : wholly(allotment, sums.sums(), sums.used());
        } catch (IOException unreadable) {
            LOG.warnf("the calls of run %s cannot be read, all that was lent counts as spent: %s", run, unreadable);
            return wholly(allotment, Map.of(), Picodollars.ZERO);
        }
    }

    /** All that was lent counts, what nobody knows of as unsettled. */
    private static Map<UsageKey, UsageSum> wholly(
            Abandoned allotment, Map<UsageKey, UsageSum> known, Picodollars used) {
        Map<UsageKey, UsageSum> sums = new HashMap<>(known);
        Picodollars rest = allotment.lent().minus(used).max(Picodollars.ZERO);
        sums.merge(NOBODY_KNOWS, UsageSum.of(new Bill(Picodollars.ZERO, rest)), UsageSum::plus);
        return sums;
    }
}
