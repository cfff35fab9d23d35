package dev.datapipeline.llm.ledger;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.Account;
import dev.datapipeline.llm.budget.Budgets.BudgetState;
import dev.datapipeline.llm.budget.Budgets.BudgetTotal;
import dev.datapipeline.llm.call.CallLedger;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.journal.CallHistory;
import dev.datapipeline.llm.journal.RecordCosts;
import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.run.event.RunDeleted;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.time.SystemTimer;
import dev.datapipeline.time.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The ledger of this process, for the rest of the service. Where no upstream is configured nobody calls it, and it does nothing. */
@Singleton
public final class ModelCalls implements CallLedger {
    private static final Logger LOG = Logger.getLogger(ModelCalls.class);

    private final SystemTimer timer;
    private final ModelCallLedger ledger;
    private final CallHistory history;
    private final RecordCosts recordCosts;
    private final boolean isUsed;

    ModelCalls(
            ConfiguredLedger configured,
            Transactions transactions,
            FileBlobs blobs,
            Ticker ticker,
            LedgerListeners listeners) {
        isUsed = configured.isUsed();
        timer = new SystemTimer(ticker);
        ledger = new ModelCallLedger(
                transactions, blobs, timer, configured.settings(), configured.terms(timer), listeners);
        history = new CallHistory(ledger.log(), configured.process());
        recordCosts = new RecordCosts(ledger.log());
    }

    void start(@Observes StartupEvent event) {
        if (isUsed) {
            ledger.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (isUsed) {
            ledger.close();
            timer.close();
        }
    }

    @Override
    public QueuedCall admit(CallRequest request) {
        return ledger.admit(request);
    }

    @Override
    public OptionalLong outputLimit(String upstream, String model) {
        return ledger.outputLimit(upstream, model);
    }

    @Override
    public void attempt(UUID id, long firstRecord, long records) {
        ledger.attempt(id, firstRecord, records);
    }

    /** @param budget of the trial, where that is less than trials may spend anyway */
    public void trialBegins(UUID trial, Picodollars budget) {
        ledger.trialBegins(trial, budget);
    }

    /** What a record has cost in a trial that has not ended. */
    public RecordCost costInTrial(UUID trial, long record) {
        return ledger.costInTrial(trial, record);
    }

    void ended(@Observes RunEnded event) {
        ended(event.run());
    }

    /** Its calls and their answers go with a run. */
    void deleted(@Observes RunDeleted event) {
        try {
            ledger.delete(event.run());
        } catch (IOException failed) {
            LOG.warnf("model calls of deleted run %s are still there: %s", event.run(), failed.getMessage());
        }
    }

    /** A run was paused, or a trial has ended: no call of it is paid any more. */
    public void ended(UUID id) {
        ledger.ended(id);
    }

    /** The budget of a run was changed in the database. */
    public void budgetChanged(UUID run) {
        ledger.budgetChanged(run);
    }

    /** What a run may spend and has spent by now; nothing where it has no budget row. */
    public Optional<BudgetState> budget(UUID run) {
        return ledger.budget(run);
    }

    /** The same of many runs, in one sum each; those without a budget row are left out. */
    public Map<UUID, BudgetTotal> totals(Collection<UUID> runs) {
        return ledger.totals(runs);
    }

    /** The most that the calls of a run can cost that are under way in this process. */
    public Picodollars reserved(UUID run) {
        return ledger.reserved(run);
    }

    /** How a run or a trial stands in this process, if it makes calls here. */
    public Optional<Account.State> state(UUID id) {
        return ledger.state(id);
    }

    /** Calls that have ended. */
    public CallHistory history() {
        return history;
    }

    /** What records have cost. */
    public RecordCosts recordCosts() {
        return recordCosts;
    }
}
