package dev.datapipeline.llm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.Admission.Granted;
import dev.datapipeline.llm.call.Admission.Refused;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.Caller.OfRecord;
import dev.datapipeline.llm.call.InputBound;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.llm.call.Settlement;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.run.PauseReason;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Budgets that let calls go, pause runs or refuse. */
class LedgerBudgetTest extends LedgerFixture {
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
                new OfRecord(1),
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
                new OfRecord(9),
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
}
