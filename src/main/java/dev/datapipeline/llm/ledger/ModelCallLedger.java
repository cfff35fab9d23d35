package dev.datapipeline.llm.ledger;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.Account;
import dev.datapipeline.llm.budget.Accounts;
import dev.datapipeline.llm.budget.Budgets.BudgetState;
import dev.datapipeline.llm.budget.Budgets.BudgetTotal;
import dev.datapipeline.llm.call.CallLedger;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.journal.GroupWriter;
import dev.datapipeline.llm.journal.RecordCosts.RecordCost;
import dev.datapipeline.llm.journal.TrialCosts;
import dev.datapipeline.llm.ledger.pause.Pauses;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.replay.ExactCache;
import dev.datapipeline.llm.replay.Replays;
import dev.datapipeline.llm.replay.Replays.Question;
import dev.datapipeline.llm.replay.SingleFlight;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.time.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** The ledger of this process. Thread-safe. */
final class ModelCallLedger implements CallLedger, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ModelCallLedger.class);
    private static final int OPEN_FILES = 256;
    private static final int BLOCKING_THREADS = 4;
    private static final Duration BETWEEN_TRIMS = Duration.ofMinutes(1);

    private final Map<String, UpstreamTerms> upstreams;
    private final Timer timer;
    private final GroupWriter writer;
    private final CallLog log;
    private final Accounts accounts;
    private final Replays replays;
    private final LedgerParts parts;
    private final ThreadPoolExecutor blocking;
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean isStopping;

    /** @param upstreams by name */
    ModelCallLedger(
            Transactions transactions,
            FileBlobs blobs,
            Timer timer,
            LedgerSettings settings,
            Map<String, UpstreamTerms> upstreams,
            LedgerListeners listeners) {
        String instance = settings.accounts().instance();
        this.upstreams = Map.copyOf(upstreams);
        this.timer = timer;
        this.writer = new GroupWriter(blobs, Ticker.system(), OPEN_FILES);
        this.log = new CallLog(blobs, writer);
        this.accounts = new Accounts(transactions, log, timer, settings.accounts());
        this.replays = new Replays(blobs, writer, instance);
        this.blocking = new ThreadPoolExecutor(
                BLOCKING_THREADS,
                BLOCKING_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("llm-kept-", 0).daemon().factory());
        this.blocking.allowCoreThreadTimeOut(true);
        ExactCache cache = new ExactCache(blobs, writer, instance, settings.cacheBytes());
        Pauses pauses = new Pauses(listeners.pause(), blocking);
        this.parts = new LedgerParts(
                log,
                new TrialCosts(),
                replays,
                cache,
                new SingleFlight(),
                timer,
                pauses,
                listeners.metrics(),
                blocking);
    }

    /** Closes what earlier processes left open; before the first call. */
    void start() {
        accounts.start();
        trimLater();
    }

    private void trimLater() {
        timer.after(BETWEEN_TRIMS, () -> {
            if (!isStopping) {
                blocking.execute(this::trim);
                trimLater();
            }
        });
    }

    private void trim() {
        try {
            parts.cache().trim();
        } catch (IOException failed) {
            LOG.warnf("old shared answers could not be removed: %s", failed.getMessage());
        }
    }

    @Override
    public QueuedCall admit(CallRequest request) {
        CallScope scope = request.scope();
        Account account = scope.kind() == Kind.RUN ? accounts.ofRun(scope.id()) : accounts.ofTrial(scope.id(), today());
        Question question = replays.ask(scope.id(), request.caller(), request.stage(), request.fingerprint());
        CallInProgress call = new CallInProgress(
                numbers.incrementAndGet(),
                request,
                question,
                terms(scope.upstream()),
                account,
                parts,
                Instant.now().toEpochMilli());
        CallAdmission admission = new CallAdmission(call, Duration.ZERO);
        if (isStopping) {
            admission.refuse(
                    Refusal.SHUTTING_DOWN, "The service stops; the record runs again later.", Duration.ofSeconds(5));
            return admission;
        }
        new KeptAnswers(admission).lookUp();
        return admission;
    }

    private UpstreamTerms terms(String upstream) {
        UpstreamTerms terms = upstreams.get(upstream);
        if (terms == null) {
            throw new IllegalArgumentException("no upstream of this name is configured: " + upstream);
        }
        return terms;
    }

    @Override
    public OptionalLong outputLimit(String upstream, String model) {
        return terms(upstream).prices().price(model).limits().outputTokens();
    }

    @Override
    public void attempt(UUID id, long firstRecord, long records) {
        replays.attempt(id, firstRecord, records);
    }

    /** @param budget of the trial, where that is less than trials may spend anyway */
    void trialBegins(UUID trial, Picodollars budget) {
        parts.trials().begin(trial);
        accounts.ofTrial(trial, today(), budget);
    }

    RecordCost costInTrial(UUID trial, long record) {
        return parts.trials().of(trial, record);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    /** A run is over or paused, or a trial has ended: nothing more is paid for it, what is kept leaves the memory. */
    void ended(UUID id) {
        Optional<Account> account = accounts.find(id);
        accounts.close(id);
        replays.release(id);
        parts.trials().end(id);
        account.ifPresent(known -> log.release(id, known.log()));
    }

    /** Deletes what is kept of the calls of a run. */
    void delete(UUID run) throws IOException {
        ended(run);
        log.delete(run);
    }

    /** The budget of a run was changed in the database. */
    void budgetChanged(UUID run) {
        accounts.budgetChanged(run);
    }

    Optional<BudgetState> budget(UUID run) {
        return accounts.budget(run);
    }

    Map<UUID, BudgetTotal> totals(Collection<UUID> runs) {
        return accounts.totals(runs);
    }

    Picodollars reserved(UUID run) {
        return accounts.reserved(run);
    }

    /** How the account of a run or a trial stands in this process, if it has one. */
    Optional<Account.State> state(UUID id) {
        return accounts.find(id).map(Account::state);
    }

    CallLog log() {
        return log;
    }

    /** Refuses new calls, reports what there is and writes what is queued. */
    @Override
    public void close() {
        isStopping = true;
        accounts.close();
        blocking.shutdown();
        writer.close();
    }
}
