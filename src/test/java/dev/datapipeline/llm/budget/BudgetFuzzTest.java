package dev.datapipeline.llm.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.ClaimDecision.OutOfBudget;
import dev.datapipeline.llm.budget.ClaimDecision.Reserved;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallLog;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.journal.GroupWriter;
import dev.datapipeline.llm.journal.LogEntry.CallOrigin;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.journal.LogEntry.Claimed;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.SystemTimer;
import dev.datapipeline.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers race for the budget of one run, with calls that end in every way and processes that die. */
class BudgetFuzzTest {
    private static final int CALLERS = 64;
    private static final int CALLS = 10_000;
    private static final UsageKey KEY = new UsageKey(0, "m");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Transactions transactions = new Transactions(TestDatabase.shared());
    private final Rows rows = new Rows(TestDatabase.shared());
    private final String installation = UUID.randomUUID().toString();
    /** What the upstream has billed. */
    private final AtomicLong billed = new AtomicLong();

    private final AtomicLong callsMade = new AtomicLong();

    @TempDir
    Path folder;

    private FileBlobs blobs;
    private UUID run;
    private Picodollars limit = Picodollars.ZERO;

    @BeforeEach
    void makeRun() throws Exception {
        blobs = new FileBlobs(folder);
        run = rows.run(1);
    }

    private void budget(long amount) {
        limit = new Picodollars(amount);
        transactions.run(transaction -> {
            Budgets.set(transaction, run, limit);
            return true;
        });
    }

    /** A process of the service: dies when it is told to, and writes nothing after that. */
    private final class Process {
        private final SystemTimer timer = new SystemTimer(Ticker.system());
        private final GroupWriter writer = new GroupWriter(blobs, Ticker.system(), 8);
        private final CallLog log = new CallLog(blobs, writer);
        private final Accounts accounts;
        private final AtomicBoolean isDead = new AtomicBoolean();
        private final AtomicLong numbers = new AtomicLong();

        Process(String machineStart) {
            accounts = new Accounts(
                    transactions,
                    log,
                    timer,
                    new AccountSettings(installation, UUID.randomUUID().toString(), machineStart, limit, limit, limit));
            accounts.start();
        }

        void die() throws InterruptedException {
            isDead.set(true);
            accounts.halt();
            timer.close();
            writer.close();
        }

        /** @return false when the budget is out or the process has died */
        boolean call(Random random) throws Exception {
            CompletableFuture<ClaimDecision> decision = new CompletableFuture<>();
            long amount = 1_000 + random.nextInt(9_000);
            Account account = accounts.ofRun(run);
            Account.Ticket ticket = account.claim(new Picodollars(amount), decision::complete);
            if (random.nextInt(20) == 0) {
                ticket.cancel();
                if (!decision.isDone()) {
                    return true;
                }
            }
            while (!decision.isDone() && !isDead.get()) {
                awaitBriefly(decision);
            }
            if (isDead.get() || decision.join() instanceof OutOfBudget) {
                return false;
            }
            return decision.join() instanceof Reserved reserved && goUp(account, reserved.reservation(), random);
        }

        private boolean goUp(Account account, Reservation reservation, Random random) throws Exception {
            long number = numbers.incrementAndGet();
            CallOrigin origin = new CallOrigin(0, number, 0, "chat/completions", "m", "f", 1);
            if (random.nextInt(10) == 0) {
                reservation.close(Bill.NOTHING);
                return true;
            }
            if (!isWritten(log.append(run, account.log(), new Claimed(number, origin, reservation.amount())))) {
                return false;
            }
            long cost = random.nextLong(reservation.amount().value() + 1);
            assertTrue(billed.addAndGet(cost) <= limit.value(), "the upstream bills more than the limit");
            callsMade.incrementAndGet();
            Bill bill = random.nextInt(50) == 0
                    ? new Bill(Picodollars.ZERO, reservation.amount())
                    : new Bill(new Picodollars(cost), Picodollars.ZERO);
            if (isDead.get()) {
                return false;
            }
            reservation.close(bill);
            account.count(KEY, UsageSum.of(bill));
            return isWritten(log.append(run, account.log(), new Ended(number, origin, bill, outcome(bill))));
        }

        private boolean isWritten(CompletableFuture<Long> written) throws Exception {
            return written.handle((offset, failed) -> failed == null).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static void awaitBriefly(CompletableFuture<ClaimDecision> decision) {
        decision.copy().completeOnTimeout(null, 50, TimeUnit.MILLISECONDS).join();
    }

    private static CallOutcome outcome(Bill bill) {
        Usage usage = new Usage(1, 0, 0, 1, 0, true);
        return new CallOutcome(CallStatus.SUCCEEDED, 200, 1, bill.total(), usage, 1, 0, 0, "v", "", "");
    }

    private void race(Process process, int calls, int seed) throws Exception {
        AtomicLong left = new AtomicLong(calls);
        List<Callable<Void>> callers = new ArrayList<>();
        for (int number = 0; number < CALLERS; number++) {
            Random random = new Random(seed * 1_000L + number);
            callers.add(() -> {
                while (left.getAndDecrement() > 0 && process.call(random)) {
                    // The next one.
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<Void> caller : threads.invokeAll(callers)) {
                caller.get();
            }
        }
    }

    private UsageSum sums() {
        return transactions
                .run(transaction -> Budgets.read(transaction, run))
                .orElseThrow()
                .total();
    }

    @Test
    void sumsAreTheBillWhenThereIsEnough() throws Exception {
        budget(CALLS * 10_000L);
        Process process = new Process("boot");

        race(process, CALLS, 1);
        Account.State atRest = process.accounts.find(run).orElseThrow().state();
        process.accounts.close();
        process.die();

        assertEquals(Picodollars.ZERO, atRest.reserved());
        assertEquals(0, atRest.openClaims());
        assertEquals(atRest.sums().get(KEY), sums());
        assertTrue(sums().spent().value() <= billed.get());
        assertTrue(sums().spent().plus(sums().unsettled()).value() >= billed.get());
        assertAllReturned();
    }

    @Test
    void nearlyAllOfTheBudgetCanBeUsedAndNoneAboveIt() throws Exception {
        budget(CALLS * 500L);
        Process process = new Process("boot");

        race(process, CALLS, 2);
        process.accounts.close();
        process.die();

        long used = sums().spent().plus(sums().unsettled()).value();
        assertTrue(used <= limit.value(), "used " + used);
        assertTrue(used >= limit.value() * 0.95, "only " + used + " of " + limit.value() + " could be used");
        assertTrue(billed.get() <= limit.value());
        assertAllReturned();
    }

    @Test
    void processesThatDieLeaveSumsThatAreNeverTooLow() throws Exception {
        budget(CALLS * 2_000L);
        Process process = new Process("boot");
        for (int life = 0; life < 8; life++) {
            Process mortal = process;
            Thread killer = Thread.ofPlatform().start(() -> {
                while (callsMade.get() % 500 < 400 && !mortal.isDead.get()) {
                    Thread.onSpinWait();
                }
                try {
                    mortal.die();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            });
            race(process, CALLS / 8, 10 + life);
            process.isDead.set(true);
            killer.join();
            process = new Process(life == 6 ? "another boot" : "boot");

            UsageSum sums = sums();
            assertTrue(sums.spent().plus(sums.unsettled()).value() >= billed.get(), "the sums are too low");
            assertTrue(sums.spent().plus(sums.unsettled()).compareTo(limit) <= 0);
            assertAllReturned();
        }
        process.accounts.close();
        process.die();
    }

    /** Nothing is lent to anybody who does not use it. */
    private void assertAllReturned() throws Exception {
        assertEquals(
                List.of("0", "0"),
                rows.row(
                        "select coalesce(sum(lent - used), 0), count(*) filter (where is_open) from llm_allotment where budget_id = ?",
                        run));
    }
}
