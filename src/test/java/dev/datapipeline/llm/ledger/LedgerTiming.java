package dev.datapipeline.llm.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datapipeline.database.Transactions;
import dev.datapipeline.llm.budget.AccountSettings;
import dev.datapipeline.llm.call.Admission;
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
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.limit.RateLimits;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.PriceFile;
import dev.datapipeline.llm.money.PriceTable;
import dev.datapipeline.storage.FileBlobs;
import dev.datapipeline.testing.Rows;
import dev.datapipeline.testing.TestDatabase;
import dev.datapipeline.time.SystemTimer;
import dev.datapipeline.time.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** How long the ledger takes for a call, with everything on: run by hand, with the number of calls in flight. */
final class LedgerTiming {
    private static final int CALLS = 8_000;
    private static final Executor LOOPS = Executors.newFixedThreadPool(2);

    private final ModelCallLedger ledger;
    private final CallScope scope;
    private final long[] nanos = new long[CALLS];
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch done;

    private LedgerTiming(ModelCallLedger ledger, UUID run, int inFlight) {
        this.ledger = ledger;
        this.scope = new CallScope(Kind.RUN, run, "up", List.of(), 0, Cache.OFF, null, Set.of());
        this.done = new CountDownLatch(inFlight);
    }

    public static void main(String[] arguments) throws Exception {
        int inFlight = arguments.length == 0 ? 16 : Integer.parseInt(arguments[0]);
        UUID run = new Rows(TestDatabase.shared()).run(1);
        SystemTimer timer = new SystemTimer(Ticker.system());
        Picodollars plenty = Picodollars.ofDollars("1000");
        Path folder = Files.createTempDirectory("ledger-timing");
        ModelCallLedger ledger = new ModelCallLedger(
                new Transactions(TestDatabase.shared()),
                new FileBlobs(folder),
                timer,
                new LedgerSettings(
                        new AccountSettings("i", UUID.randomUUID().toString(), "b", plenty, plenty, plenty), 1 << 20),
                Map.of(
                        "up",
                        new UpstreamTerms(
                                new PriceTable(PriceFile.read(), Map.of(), false),
                                new RateLimits(OptionalLong.of(100_000_000), OptionalLong.of(Integer.MAX_VALUE), 64),
                                false,
                                timer)),
                new LedgerListeners(pause -> {}, new CallMetrics(new SimpleMeterRegistry())));
        ledger.start();
        for (int round = 0; round < 4; round++) {
            new LedgerTiming(ledger, run, inFlight).round(inFlight, round);
        }
        ledger.close();
        timer.close();
        System.exit(0);
    }

    private void round(int inFlight, int round) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < inFlight; i++) {
            call(round);
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        System.out.printf(
                "%d in flight: %.0f calls/s, p50 %.3f ms, p99 %.3f ms%n",
                inFlight, CALLS / seconds, nanos[CALLS / 2] / 1e6, nanos[CALLS / 100 * 99] / 1e6);
    }

    private void call(int round) {
        int number = next.getAndIncrement();
        if (number >= CALLS) {
            done.countDown();
            return;
        }
        long start = System.nanoTime();
        CallRequest request = new CallRequest(
                scope,
                new OfRecord(number),
                0,
                Endpoint.CHAT_COMPLETIONS,
                "gpt-4o-mini",
                "%064x".formatted(number + round * CALLS),
                600,
                new InputBound(600, 0, true),
                200,
                "",
                false,
                Duration.ofMinutes(1));
        ledger.admit(request)
                .admission()
                .thenCompose(this::answer)
                .thenRun(() -> nanos[number] = System.nanoTime() - start)
                // Most calls are over when this is reached: one after the other would fill the stack.
                .thenRunAsync(() -> call(round), LOOPS);
    }

    private CompletionStage<?> answer(Admission admission) {
        if (!(admission instanceof Granted granted)) {
            throw new IllegalStateException(admission.toString());
        }
        OpenCall call = granted.call();
        call.answered(200, Map.of("x-ratelimit-remaining-requests", "90000000"));
        StoredAnswer answer =
                new StoredAnswer(200, "application/json", "req", "x".repeat(800).getBytes(UTF_8));
        return call.settle(new Complete(200, new Usage(150, 0, 0, 60, 0, true), "gpt-4o-mini", null, answer));
    }
}
