package dev.datapipeline.llm.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.AccountSettings;
import dev.datapipeline.llm.budget.Budgets;
import dev.datapipeline.llm.budget.UsageSum;
import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.Admission.Answered;
import dev.datapipeline.llm.call.Admission.Granted;
import dev.datapipeline.llm.call.Admission.Refused;
import dev.datapipeline.llm.call.Admission.Source;
import dev.datapipeline.llm.call.CallEnd.Complete;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallEnd.Uncertain;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope;
import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.Endpoint;
import dev.datapipeline.llm.call.InputBound;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.llm.call.Settlement;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.money.ModelPrice;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.llm.money.TokenPrices;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.SystemTimer;
import dev.datapipeline.time.Ticker;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input costs one dollar a million tokens, output ten: a call of 100 and 50 tokens claims 600 millionths of a dollar. */
class ModelCallLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ModelPrice PRICE = TokenPrices.ofSettings(
            BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, OptionalLong.of(1_000));

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final Budgets budgets = new Budgets(transactions);
    private final Rows rows = new Rows(TestDatabase.shared());
    private final String installation = UUID.randomUUID().toString();
    private final Queue<RunMustPause> pauses = new ConcurrentLinkedQueue<>();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    private SystemTimer timer;
    private ModelCallLedger ledger;
    private UUID run;

    @BeforeEach
    void startProcess() throws Exception {
        run = rows.run(1);
        open();
    }

    private void open() throws Exception {
        timer = new SystemTimer(Ticker.system());
        RateLimits limits = new RateLimits(OptionalLong.empty(), OptionalLong.empty(), 4);
        AccountSettings accounts = new AccountSettings(
                installation,
                UUID.randomUUID().toString(),
                "boot",
                Picodollars.ofDollars("1"),
                Picodollars.ofDollars("0.001"),
                Picodollars.ofDollars("1"));
        ledger = new ModelCallLedger(
                transactions,
                new FileBlobs(folder),
                timer,
                new LedgerSettings(accounts, 1 << 20),
                Map.of(
                        "up",
                                new UpstreamTerms(
                                        new PriceTable(Map.of("m", PRICE), Map.of(), false), limits, false, timer),
                        "free", new UpstreamTerms(new PriceTable(Map.of(), Map.of(), true), limits, false, timer)),
                new LedgerListeners(pauses::add, new CallMetrics(registry)));
        ledger.start();
    }

    @AfterEach
    void endProcess() {
        ledger.close();
        timer.close();
    }

    private void restart() throws Exception {
        endProcess();
        open();
    }

    private void budget(@Nullable String dollars) {
        transactions.run(transaction -> {
            Budgets.set(transaction, run, dollars == null ? null : Picodollars.ofDollars(dollars));
            return true;
        });
    }

    private CallScope scope(Kind kind, UUID id, Cache cache, String upstream) {
        return new CallScope(kind, id, upstream, List.of(), 0, cache, Set.of());
    }

    private CallRequest request(CallScope scope, long record, String fingerprint, String model) {
        return new CallRequest(
                scope,
                record,
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

    private QueuedCall ask(long record, String fingerprint) {
        return ledger.admit(request(scope(Kind.RUN, run, Cache.OFF, "up"), record, fingerprint, "m"));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static OpenCall granted(QueuedCall queued) throws Exception {
        return assertInstanceOf(Granted.class, get(queued.admission())).call();
    }

    private static Complete answer(String text, long prompt, long completion) {
        return new Complete(
                200,
                new Usage(prompt, 0, 0, completion, 0, true),
                "m-2026",
                null,
                new StoredAnswer(200, "application/json", "req", text.getBytes(UTF_8)));
    }

    /** What the database says once everything is reported. */
    private UsageSum sums() {
        ledger.close();
        return budgets.of(run).orElseThrow().total();
    }

    private List<Ended> ended(String logOwner) throws Exception {
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

    @Test
    void callIsPaidAndStandsInLogAndSums() throws Exception {
        OpenCall call = granted(ask(7, "f"));
        call.answered(200, Map.of());
        Settlement settlement = get(call.settle(answer("hello", 80, 20)));

        assertEquals(new Settlement("0.00028", true), settlement);
        Ended entry = ended(call.id()).getFirst();
        assertEquals(7, entry.origin().record());
        assertEquals("m-2026", entry.outcome().servedModel());
        assertEquals(CallStatus.SUCCEEDED, entry.outcome().status());
        UsageSum sums = sums();
        assertEquals(Picodollars.ofDollars("0.00028"), sums.spent());
        assertEquals(80, sums.promptTokens());
        assertEquals(20, sums.completionTokens());
        assertEquals(1, sums.calls());
        assertEquals(0, sums.failed());
    }

    @Test
    void recordThatIsRunAgainGetsWhatItPaidForInItsOrder() throws Exception {
        get(granted(ask(7, "f")).settle(answer("first", 10, 10)));
        get(granted(ask(7, "f")).settle(answer("second", 10, 10)));

        restart();
        Answered first = assertInstanceOf(Answered.class, get(ask(7, "f").admission()));
        Answered second = assertInstanceOf(Answered.class, get(ask(7, "f").admission()));
        OpenCall third = granted(ask(7, "f"));
        third.settle(new Unbilled(Unbilled.Cause.WITHDRAWN, 0, ""));

        assertEquals("first", new String(first.answer().body(), UTF_8));
        assertEquals("second", new String(second.answer().body(), UTF_8));
        assertEquals(Source.REPLAY, first.source());
        UsageSum sums = sums();
        assertEquals(2, sums.replays());
        assertEquals(20, sums.promptTokens(), "what was replayed is not counted again");
    }

    @Test
    void newAttemptInTheSameProcessIsReplayedToo() throws Exception {
        get(granted(ask(7, "f")).settle(answer("first", 10, 10)));
        ledger.attempt(run, 0, 10);

        assertInstanceOf(Answered.class, get(ask(7, "f").admission()));
    }

    @Test
    void failedAnswersAreNotKept() throws Exception {
        get(granted(ask(7, "f")).settle(new Uncertain(500, "oops")));
        ledger.attempt(run, 0, 10);

        assertInstanceOf(Granted.class, get(ask(7, "f").admission()));
    }

    @Test
    void budgetThatIsUsedUpPausesTheRunBeforeTheRefusalIsTold() throws Exception {
        budget("0.001");
        get(granted(ask(1, "a")).settle(answer("x", 100, 50)));

        Refused refused = assertInstanceOf(Refused.class, get(ask(2, "b").admission()));

        assertEquals(Refusal.BUDGET_EXHAUSTED, refused.refusal());
        assertEquals(PauseReason.BUDGET, pauses.element().reason());
        assertTrue(refused.message().contains("up to $0.0006, $0.0004 is left"), refused.message());
    }

    @Test
    void metricsTellCallsTokensAndMoney() throws Exception {
        OpenCall call = granted(ask(1, "a"));
        assertEquals(
                1,
                registry.get("datapipeline.llm.open")
                        .tag("upstream", "up")
                        .gauge()
                        .value());

        get(call.settle(answer("x", 100, 50)));
        ledger.attempt(run, 0, 10);
        assertInstanceOf(Answered.class, get(ask(1, "a").admission()));

        assertEquals(
                0,
                registry.get("datapipeline.llm.open")
                        .tag("upstream", "up")
                        .gauge()
                        .value());
        assertEquals(1, counted("datapipeline.llm.calls", "outcome", "succeeded"));
        assertEquals(1, counted("datapipeline.llm.calls", "outcome", "replayed"));
        assertEquals(
                100, counted("datapipeline.llm.tokens", "kind", "prompt"), "what was replayed is not counted again");
        assertEquals(50, counted("datapipeline.llm.tokens", "kind", "completion"));
        assertEquals(sums().spent().value() * 1e-12, counted("datapipeline.llm.cost.dollars", "model", "m"), 1e-15);
    }

    private double counted(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }

    @Test
    void raisedBudgetLetsTheNextCallGo() throws Exception {
        budget("0.0005");
        assertInstanceOf(Refused.class, get(ask(1, "a").admission()));

        budget("0.0006");
        ledger.budgetChanged(run);

        assertInstanceOf(Granted.class, get(ask(1, "a").admission()));
    }

    @Test
    void claimThatWaitsForAnotherGoesWhenThatIsCheaper() throws Exception {
        budget("0.001");
        OpenCall first = granted(ask(1, "a"));
        QueuedCall second = ask(2, "b");
        assertFalse(second.admission().toCompletableFuture().isDone());

        get(first.settle(answer("x", 10, 1)));

        granted(second);
        assertTrue(pauses.isEmpty());
    }

    @Test
    void callThatIsWithdrawnFreesWhatItHeld() throws Exception {
        budget("0.001");
        OpenCall first = granted(ask(1, "a"));
        ask(2, "b").withdraw();
        QueuedCall third = ask(3, "c");

        get(first.settle(new Unbilled(Unbilled.Cause.REJECTED, 400, "no")));

        granted(third);
    }

    @Test
    void retryIsBookedOnItsOwnAndKeepsTheName() throws Exception {
        OpenCall first = granted(ask(1, "a"));
        OpenCall second = granted(first.retry(new Uncertain(502, "reset"), Duration.ofMillis(1)));
        get(second.settle(answer("x", 10, 1)));

        assertEquals(first.id(), second.id());
        assertThrows(IllegalStateException.class, () -> first.settle(new Uncertain(1, "")));
        Ended entry = ended(first.id()).getFirst();
        assertEquals(2, entry.outcome().tries());
        assertEquals(Picodollars.ofDollars("0.00062"), entry.outcome().cost());
        UsageSum sums = sums();
        assertEquals(Picodollars.ofDollars("0.0006"), sums.unsettled());
        assertEquals(Picodollars.ofDollars("0.00002"), sums.spent());
        assertEquals(1, sums.calls());
    }

    @Test
    void modelWithoutPriceGoesOnlyWhereThereIsNoBudget() throws Exception {
        CallRequest unknown = request(scope(Kind.RUN, run, Cache.OFF, "up"), 1, "f", "made-up");
        Refused refused =
                assertInstanceOf(Refused.class, get(ledger.admit(unknown).admission()));
        assertEquals(Refusal.PRICE_UNKNOWN, refused.refusal());

        budget(null);
        ledger.budgetChanged(run);
        Settlement settlement = get(granted(ledger.admit(unknown)).settle(answer("x", 10, 1)));

        assertEquals("unknown", settlement.cost());
    }

    @Test
    void freeUpstreamNeedsNoBudget() throws Exception {
        budget("0");
        CallRequest free = request(scope(Kind.RUN, run, Cache.OFF, "free"), 1, "f", "any");

        assertEquals(
                new Settlement("0.00", true), get(granted(ledger.admit(free)).settle(answer("x", 10, 1))));
    }

    @Test
    void contentWithoutBoundIsRefusedWhereThereIsABudget() throws Exception {
        CallRequest bounded = request(scope(Kind.RUN, run, Cache.OFF, "up"), 1, "f", "m");
        CallRequest audio = new CallRequest(
                bounded.scope(),
                1,
                0,
                bounded.endpoint(),
                "m",
                "f",
                9,
                new InputBound(9, 0, false),
                5,
                "",
                false,
                PATIENCE);

        Refused refused =
                assertInstanceOf(Refused.class, get(ledger.admit(audio).admission()));

        assertEquals(Refusal.COST_UNBOUNDED, refused.refusal());
    }

    @Test
    void refusedKeyPausesTheRun() throws Exception {
        get(granted(ask(1, "a")).settle(new Unbilled(Unbilled.Cause.KEY_REFUSED, 401, "no")));

        assertEquals(PauseReason.KEY_REFUSED, pauses.element().reason());
        assertEquals(run, pauses.element().run());
    }

    @Test
    void endedRunMakesNoCalls() throws Exception {
        budget("0.001");
        OpenCall open = granted(ask(1, "a"));
        QueuedCall waiting = ask(2, "b");

        ledger.ended(run);

        Refused refused = assertInstanceOf(Refused.class, get(waiting.admission()));
        assertEquals(Refusal.RUN_NOT_ACTIVE, refused.refusal());
        get(open.settle(answer("x", 10, 1)));
        assertEquals(Picodollars.ofDollars("0.00002"), sums().spent());
    }

    @Test
    void turnThatComesTooLateIsRefused() throws Exception {
        for (int i = 0; i < 4; i++) {
            granted(ask(i, "a"));
        }
        CallRequest hasty = request(scope(Kind.RUN, run, Cache.OFF, "up"), 9, "f", "m");
        QueuedCall late = ledger.admit(new CallRequest(
                hasty.scope(),
                9,
                0,
                hasty.endpoint(),
                "m",
                "f",
                1,
                hasty.input(),
                5,
                "",
                false,
                Duration.ofMillis(20)));

        Refused refused = assertInstanceOf(Refused.class, get(late.admission()));

        assertEquals(Refusal.RATE_LIMITED, refused.refusal());
        assertTrue(refused.retryAfter().isPositive());
    }

    @Test
    void equalCallsOfSeveralRunsArePaidOnce() throws Exception {
        UUID other = rows.run(1);
        OpenCall first = granted(ledger.admit(request(scope(Kind.RUN, run, Cache.EXACT, "up"), 1, "f", "m")));
        QueuedCall second = ledger.admit(request(scope(Kind.RUN, other, Cache.EXACT, "up"), 5, "f", "m"));
        QueuedCall unshared = ledger.admit(request(scope(Kind.RUN, other, Cache.OFF, "up"), 5, "f", "m"));
        granted(unshared);
        assertFalse(second.admission().toCompletableFuture().isDone());

        get(first.settle(answer("shared", 10, 1)));
        Answered answered = assertInstanceOf(Answered.class, get(second.admission()));
        Admission later = get(ledger.admit(request(scope(Kind.RUN, other, Cache.EXACT, "up"), 6, "f", "m"))
                .admission());

        assertEquals(Source.CACHE, answered.source());
        assertEquals(Source.CACHE, assertInstanceOf(Answered.class, later).source());
        assertNotEquals(first.id(), answered.callId());
    }

    @Test
    void whenTheOneThatWentUpFailsAnotherGoes() throws Exception {
        OpenCall first = granted(ledger.admit(request(scope(Kind.RUN, run, Cache.EXACT, "up"), 1, "f", "m")));
        QueuedCall second = ledger.admit(request(scope(Kind.RUN, run, Cache.EXACT, "up"), 2, "f", "m"));
        QueuedCall withdrawn = ledger.admit(request(scope(Kind.RUN, run, Cache.EXACT, "up"), 3, "f", "m"));
        withdrawn.withdraw();

        get(first.settle(new Unbilled(Unbilled.Cause.REJECTED, 400, "no")));

        granted(second);
    }

    @Test
    void trialHasABudgetOfItsOwn() throws Exception {
        UUID trial = UUID.randomUUID();
        OpenCall call = granted(ledger.admit(request(scope(Kind.TRIAL, trial, Cache.OFF, "up"), 0, "t" + trial, "m")));
        get(call.settle(answer("x", 100, 50)));

        Refused refused = assertInstanceOf(
                Refused.class,
                get(ledger.admit(request(scope(Kind.TRIAL, trial, Cache.OFF, "up"), 1, "u" + trial, "m"))
                        .admission()));

        assertEquals(Refusal.BUDGET_EXHAUSTED, refused.refusal());
        assertTrue(pauses.isEmpty());
    }

    @Test
    void callsThatWereOpenWhenTheProcessDiedStayBooked() throws Exception {
        granted(ask(1, "a"));
        get(granted(ask(2, "b")).settle(answer("x", 10, 1)));
        timer.close();

        open();

        assertEquals(
                List.of("600000000", "20000000"),
                rows.row("select sum(unsettled), sum(spent) from llm_usage where budget_id = ?", run));
    }
}
