package dev.datapipeline.llm.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.llm.budget.Budgets;
import dev.datapipeline.llm.call.CallEnd.Uncertain;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.time.SystemTimer;
import dev.datapipeline.time.Ticker;
import dev.datapipeline.time.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Sums of runs that end while their calls are under way, where reports follow one another without a pause. */
class EndedRunSumsTest extends LedgerFixture {
    private static final int RUNS = 20;
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(250);

    @Test
    void callThatEndsAfterItsRunIsInTheSumsOfTheRun() throws Exception {
        endProcess();
        timer = new SystemTimer(Ticker.system());
        ledger = newLedger(new Timer() {
            @Override
            public long nanoTime() {
                return timer.nanoTime();
            }

            @Override
            public Alarm after(Duration delay, Runnable task) {
                return timer.after(delay.equals(BETWEEN_REPORTS) ? Duration.ZERO : delay, task);
            }
        });
        ledger.start();
        Map<UUID, Long> calls = new HashMap<>();
        for (int i = 0; i < RUNS; i++) {
            run = rows.run(1);
            OpenCall call = granted(ask(1, "a"));
            ledger.ended(run);
            get(call.settle(new Uncertain(0, "reset")));
            calls.put(run, 0L);
        }
        ledger.close();

        calls.replaceAll((id, none) -> transactions
                .run(transaction -> Budgets.read(transaction, id))
                .orElseThrow()
                .total()
                .calls());

        assertEquals(RUNS, Collections.frequency(calls.values(), 1L), "runs whose call is in their sums");
    }
}
