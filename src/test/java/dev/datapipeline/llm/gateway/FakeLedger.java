package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallLedger;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A ledger that grants everything at once, unless a test says otherwise, and checks that the gateway keeps to the contract. */
final class FakeLedger implements CallLedger {
    final List<CallRequest> requests = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> limits = new CopyOnWriteArrayList<>();
    final List<String> attempts = new CopyOnWriteArrayList<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final BlockingQueue<CallEnd> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<CallEnd> retries = new LinkedBlockingQueue<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger withdrawn = new AtomicInteger();

    /** How admissions come; by default granted at once. */
    volatile Function<CallRequest, CompletionStage<Admission>> admissions =
            request -> CompletableFuture.completedFuture(grant());

    volatile CompletionStage<Settlement> settlement =
            CompletableFuture.completedFuture(new Settlement("0.000123", true));

    volatile OptionalLong outputLimit = OptionalLong.empty();

    @Override
    public QueuedCall admit(CallRequest request) {
        requests.add(request);
        return new Queued(admissions.apply(request));
    }

    @Override
    public void attempt(UUID id, long firstRecord, long records) {
        attempts.add(firstRecord + "+" + records);
    }

    @Override
    public OptionalLong outputLimit(String upstream, String model) {
        return outputLimit;
    }

    Admission grant() {
        open.incrementAndGet();
        return new Admission.Granted(new Open());
    }

    CallEnd end() throws InterruptedException {
        CallEnd end = ends.poll(20, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("the call was not settled");
        }
        return end;
    }

    private final class Queued implements QueuedCall {
        private final CompletionStage<Admission> admission;

        Queued(CompletionStage<Admission> admission) {
            this.admission = admission;
        }

        @Override
        public CompletionStage<Admission> admission() {
            return admission;
        }

        @Override
        public void withdraw() {
            withdrawn.incrementAndGet();
        }
    }

    private final class Open implements OpenCall {
        private final AtomicBoolean isEnded = new AtomicBoolean();

        @Override
        public String id() {
            return "call-1";
        }

        @Override
        public void answered(int status, Map<String, String> headers) {
            limits.add(headers);
        }

        @Override
        public QueuedCall retry(CallEnd end, Duration pause) {
            endOnce();
            retries.add(end);
            pauses.add(pause);
            return new Queued(CompletableFuture.completedFuture(grant()));
        }

        @Override
        public CompletionStage<Settlement> settle(CallEnd end) {
            endOnce();
            ends.add(end);
            return settlement;
        }

        private void endOnce() {
            if (!isEnded.compareAndSet(false, true)) {
                throw new AssertionError("a call was ended twice");
            }
            open.decrementAndGet();
        }
    }
}
