package dev.datapipeline.llm.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.budget.Budgets.BudgetTotal;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.Admission.Answered;
import dev.datapipeline.llm.call.Admission.Granted;
import dev.datapipeline.llm.call.Admission.Source;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallEnd.Uncertain;
import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Settlement;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.money.Picodollars;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Calls that are booked, kept and replayed. */
class ModelCallLedgerTest extends LedgerFixture {

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
    void sumsOfARunAreThoseOfTheMomentUntilTheyAreReported() throws Exception {
        OpenCall open = granted(ask(1, "f"));
        get(granted(ask(2, "f")).settle(answer("first", 80, 20)));

        assertTotal(1, "0.00028");
        assertFalse(ledger.reserved(run).isZero());

        ledger.ended(run);

        assertTotal(1, "0.00028");
        assertFalse(ledger.reserved(run).isZero(), "a call is still under way");

        get(open.settle(answer("second", 80, 20)));

        assertTotal(2, "0.00056");
        assertTrue(ledger.reserved(run).isZero());
        ledger.close();
        assertTotal(2, "0.00056");
    }

    private void assertTotal(long calls, String dollars) {
        UsageSum total =
                ledger.totals(List.of(run)).getOrDefault(run, BudgetTotal.NONE).sum();
        assertEquals(calls, total.calls());
        assertEquals(Picodollars.ofDollars(dollars), total.spent());
        assertEquals(total, ledger.budget(run).orElseThrow().total());
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
    void callsThatWereOpenWhenTheProcessDiedStayBooked() throws Exception {
        openWithoutReports();
        granted(ask(1, "a"));
        get(granted(ask(2, "b")).settle(answer("x", 10, 1)));

        open();

        assertEquals(
                List.of("600000000", "20000000"),
                rows.row("select sum(unsettled), sum(spent) from llm_usage where budget_id = ?", run));
    }
}
