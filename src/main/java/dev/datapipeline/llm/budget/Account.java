package dev.datapipeline.llm.budget;

import dev.datapipeline.llm.budget.ClaimDecision.Closed;
import dev.datapipeline.llm.budget.ClaimDecision.Limited;
import dev.datapipeline.llm.budget.ClaimDecision.OutOfBudget;
import dev.datapipeline.llm.budget.ClaimDecision.Reserved;
import dev.datapipeline.llm.budget.ClaimDecision.Unavailable;
import dev.datapipeline.llm.budget.Loan.Lent;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.budget.usage.UsageSums;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.time.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What this process may spend for a run or a trial. Claims are served in the order in which they come; one that does not fit waits for as
 * long as an open call may give something back. Thread-safe; decisions are told without the lock.
 */
public final class Account {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(500);
    private static final int MOST_VAIN_QUESTIONS = 20;

    private final AccountKey key;
    private final Loan.Lender lender;
    private final Timer timer;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final UsageSums sums = new UsageSums();
    private Picodollars lent = Picodollars.ZERO;
    private Picodollars used = Picodollars.ZERO;
    private Picodollars reserved = Picodollars.ZERO;
    private Picodollars left = Picodollars.ZERO;
    private Picodollars unusedByOthers = Picodollars.ZERO;
    private int openClaims;
    private int vainQuestions;
    private boolean isKnown;
    private boolean isLimited = true;
    private boolean isAsking;
    private boolean isAnswerFresh;
    private boolean isOutdated;
    private boolean isClosed;
    private long usedAt;
    private Picodollars reportedLent = Picodollars.ZERO;

    Account(AccountKey key, Loan.Lender lender, Timer timer) {
        this.key = key;
        this.lender = lender;
        this.timer = timer;
        this.usedAt = timer.nanoTime();
    }

    AccountKey key() {
        return key;
    }

    /** How it stands in this process at this moment. */
    public record State(Map<UsageKey, UsageSum> sums, Picodollars reserved, int openClaims, int waitingClaims) {}

    /** Name of the log in which its calls stand. */
    public String log() {
        return key.log();
    }

    /** A claim that is not decided yet. */
    public interface Ticket {
        /** Gives the claim up, after which no decision may come. A decision under way comes all the same. */
        void cancel();
    }

    /** @param whenDecided called once, perhaps before this returns; must not block */
    public Ticket claim(Picodollars amount, Consumer<ClaimDecision> whenDecided) {
        return enter(new Waiting(amount, true, whenDecided));
    }

    /** Asks for a call whose cost nobody knows; it is granted only where there is no limit. */
    public Ticket claimWithoutPrice(Consumer<ClaimDecision> whenDecided) {
        return enter(new Waiting(Picodollars.ZERO, false, whenDecided));
    }

    private Ticket enter(Waiting claim) {
        decide(decisions -> {
            usedAt = timer.nanoTime();
            if (isClosed) {
                decisions.add(refuse(claim, new Closed()));
                return;
            }
            waiting.add(claim);
            serve(decisions);
        });
        return claim;
    }

    /** Changes something under the lock, and tells without it what was decided thereby. */
    private void decide(Consumer<List<Runnable>> change) {
        List<Runnable> decisions = new ArrayList<>();
        synchronized (this) {
            change.accept(decisions);
        }
        decisions.forEach(Runnable::run);
    }

    /** Decides what can be decided. The caller holds the lock and runs the decisions without it. */
    private void serve(List<Runnable> decisions) {
        while (!waiting.isEmpty()) {
            Waiting head = waiting.element();
            Picodollars missing = head.amount.minus(free());
            if (isKnown && isLimited && !head.isPriced) {
                decisions.add(refuse(waiting.remove(), new Limited()));
                continue;
            }
            if (isKnown && (!isLimited || missing.value() <= 0)) {
                decisions.add(grant(waiting.remove()));
                continue;
            }
            if (isAsking) {
                return;
            }
            if (!isKnown || !missing.isMoreThan(left) || (openClaims == 0 && !isAnswerFresh)) {
                ask(missing);
                return;
            }
            if (openClaims > 0) {
                return;
            }
            if (!unusedByOthers.isZero()) {
                askLater();
                return;
            }
            decisions.add(refuse(waiting.remove(), new OutOfBudget(head.amount, free().plus(left))));
        }
    }

    private Picodollars free() {
        return lent.minus(used).minus(reserved);
    }

    private Runnable grant(Waiting claim) {
        reserved = reserved.plus(claim.amount);
        openClaims++;
        isAnswerFresh = false;
        Reservation reservation = new Reservation(this, claim.amount);
        return () -> claim.whenDecided.accept(new Reserved(reservation));
    }

    private static Runnable refuse(Waiting claim, ClaimDecision decision) {
        return () -> claim.whenDecided.accept(decision);
    }

    private void ask(Picodollars missing) {
        isAsking = true;
        lender.borrow(key, lent, missing.max(Picodollars.ZERO), this::answered);
    }

    private void askLater() {
        isAsking = true;
        timer.after(
                BETWEEN_QUESTIONS,
                () -> decide(decisions -> {
                    isAsking = false;
                    isAnswerFresh = false;
                    serve(decisions);
                }));
    }

    private void answered(Loan loan) {
        decide(decisions -> {
            isAsking = false;
            vainQuestions = loan instanceof Loan.Away ? vainQuestions + 1 : 0;
            switch (loan) {
                case Lent answer -> {
                    isKnown = true;
                    isAnswerFresh = !isOutdated;
                    lent = answer.lent();
                    reportedLent = lent;
                    left = answer.left();
                    unusedByOthers = answer.unusedByOthers();
                }
                case Loan.Unlimited unlimited -> {
                    isKnown = true;
                    isLimited = false;
                }
                case Loan.Away away -> retryOrGiveUp(decisions);
                case Loan.Gone gone -> close(decisions);
            }
            isOutdated = false;
            if (!isAsking) {
                serve(decisions);
            }
        });
    }

    private void retryOrGiveUp(List<Runnable> decisions) {
        if (vainQuestions >= MOST_VAIN_QUESTIONS) {
            vainQuestions = 0;
            waiting.forEach(claim -> decisions.add(refuse(claim, new Unavailable())));
            waiting.clear();
            return;
        }
        askLater();
    }

    void close(Picodollars amount, Bill bill) {
        decide(decisions -> {
            usedAt = timer.nanoTime();
            openClaims--;
            reserved = reserved.minus(amount);
            used = used.plus(bill.total());
            isAnswerFresh = false;
            serve(decisions);
        });
    }

    /** Adds to the sums that are shown. Money in them has gone through a reservation. */
    public synchronized void count(UsageKey usage, UsageSum amount) {
        sums.add(usage, amount);
    }

    /** The budget was raised or lowered: what was known of it does not hold any more. */
    void budgetChanged() {
        decide(decisions -> {
            isLimited = true;
            isKnown = false;
            isOutdated = isAsking;
            serve(decisions);
        });
    }

    /** No claim is granted any more; those that are open will be settled. */
    void close() {
        decide(this::close);
    }

    private void close(List<Runnable> decisions) {
        isClosed = true;
        waiting.forEach(claim -> decisions.add(refuse(claim, new Closed())));
        waiting.clear();
    }

    /**
     * What is to be told to the database; nothing when it knows. What was lent and is not needed for now is given back with it.
     *
     * @param idleTime after which an account without calls gives back
     */
    synchronized Optional<AccountReport> report(Duration idleTime) {
        boolean isQuiet = openClaims == 0 && waiting.isEmpty() && !isAsking;
        boolean isLast = isQuiet && isClosed;
        boolean isIdle = isQuiet && timer.nanoTime() - usedAt > idleTime.toNanos();
        if ((isLast || isIdle) && lent.isMoreThan(used)) {
            lent = used;
            isKnown = false;
        }
        if (used.isMoreThan(lent)) {
            lent = used;
        }
        if (!isLast && sums.areReported() && lent.equals(reportedLent)) {
            return Optional.empty();
        }
        reportedLent = lent;
        return Optional.of(new AccountReport(lent, used, sums.takeUnreported(), isLast));
    }

    /** The report did not reach the database. */
    synchronized void reportFailed(AccountReport report) {
        sums.reportAgain(report.changed().keySet());
        reportedLent = new Picodollars(-1);
    }

    public synchronized State state() {
        return new State(sums.all(), reserved, openClaims, waiting.size());
    }

    private final class Waiting implements Ticket {
        private final Picodollars amount;
        private final boolean isPriced;
        private final Consumer<ClaimDecision> whenDecided;

        Waiting(Picodollars amount, boolean isPriced, Consumer<ClaimDecision> whenDecided) {
            this.amount = amount;
            this.isPriced = isPriced;
            this.whenDecided = whenDecided;
        }

        @Override
        public void cancel() {
            decide(decisions -> {
                if (waiting.remove(this)) {
                    serve(decisions);
                }
            });
        }
    }
}
