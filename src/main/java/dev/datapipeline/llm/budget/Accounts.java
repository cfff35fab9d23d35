package dev.datapipeline.llm.budget;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.Budgets.BudgetState;
import dev.datapipeline.llm.budget.Budgets.BudgetTotal;
import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.time.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The accounts of this process. One thread does everything in the database, one thing after the other: what an account knows of its
 * allotment is then never older than what the table says.
 */
public final class Accounts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Accounts.class);
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(250);
    private static final Duration BETWEEN_RECOVERIES = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final AllotmentTable table;
    private final AccountRecovery recovery;
    private final Timer timer;
    private final AccountSettings settings;
    private final Map<UUID, Account> accounts = new ConcurrentHashMap<>();
    /** Closed, and not yet settled or reported in full. */
    private final Set<Account> closing = ConcurrentHashMap.newKeySet();

    private final AtomicLong numbers = new AtomicLong();
    private final ExecutorService database = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("llm-budget").daemon().factory());

    public Accounts(Transactions transactions, CallLog log, Timer timer, AccountSettings settings) {
        this.transactions = transactions;
        this.table = new AllotmentTable(settings.machineStart());
        this.recovery = new AccountRecovery(transactions, table, log);
        this.timer = timer;
        this.settings = settings;
    }

    /** Closes what earlier processes left open, and reports from now on. Called once, before the first claim. */
    public void start() {
        recover();
        reportLater();
    }

    /** Until it succeeds, what earlier processes hold is not free; nothing else depends on it. */
    private void recover() {
        try {
            int closed = recovery.closeAbandoned(settings.installation(), settings.instance());
            if (closed > 0) {
                LOG.infof("%d budgets of model calls were closed: their process is gone", closed);
            }
        } catch (DatabaseException away) {
            LOG.warnf("budgets of earlier processes are closed later: %s", away.getMessage());
            timer.after(BETWEEN_RECOVERIES, () -> execute(this::recover));
        }
    }

    private void reportLater() {
        timer.after(
                BETWEEN_REPORTS,
                () -> execute(() -> {
                    reportAll();
                    reportLater();
                }));
    }

    private void execute(Runnable task) {
        try {
            database.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("nothing is done in the database any more");
        }
    }

    public Account ofRun(UUID run) {
        return accounts.computeIfAbsent(run, id -> open(new AccountKey(id, id, owner(), null, settings.runBudget())));
    }

    /** A trial borrows from the budget of all trials of the day, and never more than its own. */
    public Account ofTrial(UUID trial, LocalDate today) {
        return ofTrial(trial, today, settings.trialBudget());
    }

    /** @param budget of the trial, if its account is new; no more than that of the settings */
    public Account ofTrial(UUID trial, LocalDate today, Picodollars budget) {
        Picodollars cap = budget.isMoreThan(settings.trialBudget()) ? settings.trialBudget() : budget;
        UUID day = UUID.nameUUIDFromBytes(("trials of " + today).getBytes(StandardCharsets.UTF_8));
        return accounts.computeIfAbsent(
                trial, id -> open(new AccountKey(day, null, owner(), cap, settings.trialsOfADay())));
    }

    /** An account that is opened again is another one: its sums begin at nothing. */
    private String owner() {
        return settings.installation() + "/" + settings.instance() + "." + numbers.incrementAndGet();
    }

    private Account open(AccountKey key) {
        return new Account(key, this::borrow, timer);
    }

    private void borrow(AccountKey key, Picodollars lent, Picodollars missing, Consumer<Loan> answer) {
        execute(() -> {
            Loan loan = new Loan.Away();
            try {
                loan = transactions.run(transaction -> table.borrow(transaction, key, lent, missing));
            } catch (DatabaseException away) {
                LOG.warnf("the budget of model calls could not be asked for: %s", away.getMessage());
            }
            answer.accept(loan);
        });
    }

    /** The run is over or paused, or the trial has ended: no further call is paid, the rest of the allotment returns. */
    public void close(UUID id) {
        Account account = accounts.get(id);
        if (account != null) {
            // Never in neither of them, since both are read for the sums.
            closing.add(account);
            accounts.remove(id, account);
            account.close();
        }
    }

    /** The budget of a run was changed in the database. */
    public void budgetChanged(UUID run) {
        find(run).ifPresent(Account::budgetChanged);
    }

    /** What a run may spend and has spent by now; nothing where it has no budget row. */
    public Optional<BudgetState> budget(UUID run) {
        LiveSums live = live(Set.of(run));
        return transactions.run(transaction -> Budgets.read(transaction, run, live));
    }

    /** The same of many runs, in one sum each; those without a budget row are left out. */
    public Map<UUID, BudgetTotal> totals(Collection<UUID> runs) {
        LiveSums live = live(Set.copyOf(runs));
        return transactions.run(transaction -> Budgets.totals(transaction, runs, live));
    }

    /** An account that leaves after this was taken has reported all that is in it. */
    private LiveSums live(Set<UUID> runs) {
        return LiveSums.of(accountsOf(runs));
    }

    /** The most that the calls of a run can cost that are under way in this process. */
    public Picodollars reserved(UUID run) {
        return accountsOf(Set.of(run)).stream()
                .map(account -> account.state().reserved())
                .reduce(Picodollars.ZERO, Picodollars::plus);
    }

    /** Open accounts, and those that wait for the end of their calls. */
    private Set<Account> accountsOf(Set<UUID> budgets) {
        return Stream.concat(accounts.values().stream(), closing.stream())
                .filter(account -> budgets.contains(account.key().budget()))
                .collect(Collectors.toSet());
    }

    /** The account of a run or a trial, if it has one in this process. */
    public Optional<Account> find(UUID id) {
        return Optional.ofNullable(accounts.get(id));
    }

    private void reportAll() {
        accounts.values().forEach(this::report);
        closing.forEach(this::report);
    }

    private void report(Account account) {
        Optional<AccountReport> news = account.report(IDLE);
        if (news.isEmpty()) {
            return;
        }
        AccountReport report = news.get();
        try {
            transactions.run(transaction -> {
                table.report(transaction, account.key(), report);
                return report;
            });
            if (report.isLast()) {
                closing.remove(account);
            }
        } catch (DatabaseException away) {
            account.reportFailed(report);
            LOG.debugf("sums of model calls are reported later: %s", away.getMessage());
        } catch (RuntimeException failed) {
            account.reportFailed(report);
            LOG.error("sums of model calls could not be reported", failed);
        }
    }

    /** Does nothing more once this returns, as after the death of the process. */
    void halt() throws InterruptedException {
        database.shutdownNow();
        if (!database.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the database does not let go of a transaction");
        }
    }

    /** Reports what there is, gives back what is not needed, and ends the thread. */
    @Override
    public void close() {
        accounts.keySet().forEach(this::close);
        execute(this::reportAll);
        database.shutdown();
        try {
            if (!database.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("the database does not take the sums of model calls; the next start reads them from the logs");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
