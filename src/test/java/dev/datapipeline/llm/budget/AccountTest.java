package dev.datapipeline.llm.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.budget.Account.Ticket;
import dev.datapipeline.llm.budget.ClaimDecision.Closed;
import dev.datapipeline.llm.budget.ClaimDecision.Limited;
import dev.datapipeline.llm.budget.ClaimDecision.OutOfBudget;
import dev.datapipeline.llm.budget.ClaimDecision.Reserved;
import dev.datapipeline.llm.budget.ClaimDecision.Unavailable;
import dev.datapipeline.llm.budget.Loan.Lent;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.testing.SettableTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final AccountKey KEY = new AccountKey(UUID.randomUUID(), null, "i/p.1", null, null);

    private final SettableTimer timer = new SettableTimer();
    private final Deque<Consumer<Loan>> questions = new ArrayDeque<>();
    private final List<ClaimDecision> decisions = new ArrayList<>();
    private final Account account = new Account(KEY, (key, lent, missing, answer) -> questions.add(answer), timer);

    private static Picodollars of(long value) {
        return new Picodollars(value);
    }

    private Ticket claim(long amount) {
        return account.claim(of(amount), decisions::add);
    }

    private void lend(long lent, long left) {
        questions.remove().accept(new Lent(of(lent), of(left), Picodollars.ZERO));
    }

    private Reservation granted(int index) {
        return assertInstanceOf(Reserved.class, decisions.get(index)).reservation();
    }

    private static Bill spent(long value) {
        return new Bill(of(value), Picodollars.ZERO);
    }

    @Test
    void manyClaimsAreServedFromOneLoan() {
        for (int i = 0; i < 10; i++) {
            claim(10);
        }
        assertEquals(1, questions.size(), "one question for all");

        lend(100, 0);

        assertEquals(10, decisions.size());
        assertEquals(of(100), account.state().reserved());
    }

    @Test
    void oneThatDoesNotFitWaitsForABill() {
        claim(60);
        lend(100, 0);
        claim(60);
        assertEquals(1, decisions.size());

        granted(0).close(spent(40));

        assertEquals(of(60), granted(1).amount());
        assertTrue(questions.isEmpty(), "nobody asks while there is nothing to be had");
    }

    @Test
    void claimsAreServedInTheirOrderSoThatLargeOnesAreNotPassed() {
        claim(60);
        lend(100, 0);
        claim(90);
        claim(10);
        assertEquals(1, decisions.size(), "the small one waits behind the large one");

        granted(0).close(spent(0));

        assertEquals(3, decisions.size());
    }

    @Test
    void budgetIsOutOnlyWhenNothingCanComeBack() {
        claim(60);
        lend(100, 0);
        claim(60);

        granted(0).close(spent(50));
        lend(100, 0);

        assertEquals(new OutOfBudget(of(60), of(50)), decisions.get(1));
    }

    @Test
    void smallerClaimFitsAfterOneThatDoesNot() {
        claim(200);
        claim(100);
        lend(0, 100);
        assertEquals(new OutOfBudget(of(200), of(100)), decisions.get(0));

        lend(100, 0);

        assertEquals(of(100), granted(1).amount());
    }

    @Test
    void whatOthersHoldMayComeBack() {
        claim(60);
        questions.remove().accept(new Lent(of(0), of(10), of(90)));
        assertTrue(decisions.isEmpty());

        timer.pass(Duration.ofSeconds(1));
        lend(60, 0);

        assertEquals(of(60), granted(0).amount());
    }

    @Test
    void raisedBudgetLetsWaitingClaimsGoOn() {
        claim(60);
        lend(100, 0);
        claim(60);

        account.budgetChanged();
        lend(160, 40);

        assertEquals(2, decisions.size());
    }

    @Test
    void answerThatIsOlderThanTheRaiseIsNotBelieved() {
        claim(60);
        account.budgetChanged();

        lend(0, 10);
        lend(60, 0);

        assertEquals(of(60), granted(0).amount());
    }

    @Test
    void databaseThatIsAwayIsAskedAgainAndNotForEver() {
        claim(60);
        questions.remove().accept(new Loan.Away());
        timer.pass(Duration.ofSeconds(1));
        assertEquals(1, questions.size());

        while (!questions.isEmpty()) {
            questions.remove().accept(new Loan.Away());
            timer.pass(Duration.ofSeconds(1));
        }

        assertEquals(List.of(new Unavailable()), decisions);
    }

    @Test
    void whatIsLentServesWhileTheDatabaseIsAway() {
        claim(10);
        lend(100, 900);
        claim(95);
        questions.remove().accept(new Loan.Away());

        granted(0).close(spent(5));

        assertEquals(of(95), granted(1).amount());
    }

    @Test
    void withoutALimitEverythingFits() {
        claim(Long.MAX_VALUE / 4);
        questions.remove().accept(new Loan.Unlimited());
        claim(Long.MAX_VALUE / 4);

        assertEquals(2, decisions.size());
    }

    @Test
    void callWithoutPriceIsGrantedOnlyWhereThereIsNoLimit() {
        account.claimWithoutPrice(decisions::add);
        lend(0, 1_000);
        assertEquals(List.of(new Limited()), decisions);

        account.budgetChanged();
        account.claimWithoutPrice(decisions::add);
        questions.remove().accept(new Loan.Unlimited());
        assertEquals(2, decisions.size());
        assertEquals(Picodollars.ZERO, granted(1).amount());
    }

    @Test
    void closedAccountGrantsNothing() {
        claim(10);
        lend(10, 0);
        claim(10);
        account.close();
        claim(10);

        assertEquals(List.of(new Closed(), new Closed()), decisions.subList(1, 3));
    }

    @Test
    void runThatIsGoneClosesItsAccount() {
        claim(10);
        questions.remove().accept(new Loan.Gone());

        assertEquals(List.of(new Closed()), decisions);
    }

    @Test
    void cancelledClaimLetsTheNextOneThrough() {
        claim(60);
        lend(100, 0);
        Ticket large = claim(90);
        claim(40);

        large.cancel();
        large.cancel();

        assertEquals(of(40), granted(1).amount());
    }

    @Test
    void reservationIsClosedOnce() {
        claim(60);
        lend(100, 0);
        Reservation reservation = granted(0);

        reservation.close(spent(10));
        reservation.close(spent(10));

        assertEquals(0, account.state().openClaims());
        assertEquals(Picodollars.ZERO, account.state().reserved());
    }

    @Test
    void billAboveTheClaimIsBookedInFullAndSaysSo() {
        claim(60);
        lend(60, 0);

        assertFalse(granted(0).close(spent(100)));

        AccountReport report = account.report(Duration.ofHours(1)).orElseThrow();
        assertEquals(of(100), report.used());
        assertEquals(of(100), report.lent());
    }

    @Test
    void quietAccountGivesBackWhatItDoesNotNeed() {
        claim(60);
        lend(100, 0);
        granted(0).close(spent(10));
        timer.pass(Duration.ofSeconds(3));

        AccountReport report = account.report(Duration.ofSeconds(2)).orElseThrow();
        assertEquals(of(10), report.lent());

        claim(5);
        assertEquals(1, questions.size(), "what was given back has to be borrowed again");
        assertEquals(1, decisions.size());
    }
}
