package dev.datapipeline.llm.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.AccountSettings;
import dev.datapipeline.llm.budget.Budgets;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.call.Admission.Granted;
import dev.datapipeline.llm.call.CallEnd.Complete;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.Caller.OfRecord;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.call.InputBound;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.money.ModelPrice;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.money.TokenPrices;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.SystemTimer;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.time.Timer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger over a real database, which the test can restart. */
abstract class LedgerFixture {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    static final ModelPrice PRICE = TokenPrices.ofSettings(
            BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, OptionalLong.of(1_000));
    final Transactions transactions = new Transactions(TestDatabase.shared());
    final Rows rows = new Rows(TestDatabase.shared());
    final String installation = UUID.randomUUID().toString();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final Queue<RunMustPause> pauses = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    SystemTimer timer;
    ModelCallLedger ledger;
    UUID run;

    @BeforeEach
    void startProcess() throws Exception {
        run = rows.run(1);
        open();
    }

    final void open() throws Exception {
        timer = new SystemTimer(Ticker.system());
        ledger = newLedger(timer);
        ledger.start();
    }

    final ModelCallLedger newLedger(Timer alarms) throws Exception {
        RateLimits limits = new RateLimits(OptionalLong.empty(), OptionalLong.empty(), 4);
        AccountSettings accounts = new AccountSettings(
                installation,
                UUID.randomUUID().toString(),
                "boot",
                Picodollars.ofDollars("1"),
                Picodollars.ofDollars("0.001"),
                Picodollars.ofDollars("1"));
        return new ModelCallLedger(
                transactions,
                new FileBlobs(folder),
                alarms,
                new LedgerSettings(accounts, 1 << 20),
                Map.of(
                        "up",
                                new UpstreamTerms(
                                        new PriceTable(Map.of("m", PRICE), Map.of(), false), limits, false, alarms),
                        "free", new UpstreamTerms(new PriceTable(Map.of(), Map.of(), true), limits, false, alarms)),
                new LedgerListeners(pauses::add, new CallMetrics(registry)));
    }

    /** Goes on with a ledger that does nothing by itself, so that one who leaves it finds the database as if its process had died. */
    final void openWithoutReports() throws Exception {
        endProcess();
        ledger = newLedger(new Timer() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Alarm after(Duration delay, Runnable task) {
                return () -> {};
            }
        });
        ledger.start();
    }

    @AfterEach
    void endProcess() {
        ledger.close();
        timer.close();
    }

    void restart() throws Exception {
        endProcess();
        open();
    }

    void budget(@Nullable String dollars) {
        transactions.run(transaction -> {
            Budgets.set(transaction, run, dollars == null ? null : Picodollars.ofDollars(dollars));
            return true;
        });
    }

    CallScope scope(Kind kind, UUID id, Cache cache, String upstream) {
        return new CallScope(kind, id, upstream, List.of(), 0, cache, null, Set.of());
    }

    CallRequest request(CallScope scope, long record, String fingerprint, String model) {
        return new CallRequest(
                scope,
                new OfRecord(record),
                0,
                Endpoint.CHAT_COMPLETIONS,
                model,
                fingerprint,
                100,
                new InputBound(100, 0, true),
                50,
                "",
                false,
                PATIENCE);
    }

    QueuedCall ask(long record, String fingerprint) {
        return ledger.admit(request(scope(Kind.RUN, run, Cache.OFF, "up"), record, fingerprint, "m"));
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static OpenCall granted(QueuedCall queued) throws Exception {
        return assertInstanceOf(Granted.class, get(queued.admission())).call();
    }

    static Complete answer(String text, long prompt, long completion) {
        return new Complete(
                200,
                new Usage(prompt, 0, 0, completion, 0, true),
                "m-2026",
                null,
                new StoredAnswer(200, "application/json", "req", text.getBytes(UTF_8)));
    }

    /** What the database says once everything is reported. */
    UsageSum sums() {
        ledger.close();
        return transactions
                .run(transaction -> Budgets.read(transaction, run))
                .orElseThrow()
                .total();
    }

    List<Ended> ended(String logOwner) throws Exception {
        List<Ended> ended = new ArrayList<>();
        for (String log : ledger.log().logs(run)) {
            ledger.log().read(run, log, 0, (offset, entry) -> {
                if (entry instanceof Ended end) {
                    ended.add(end);
                }
            });
        }
        return ended;
    }
}
