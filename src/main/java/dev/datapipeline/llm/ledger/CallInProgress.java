package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.budget.Account;
import dev.datapipeline.llm.budget.usage.UsageKey;
import dev.datapipeline.llm.budget.usage.UsageSum;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.CallScope.Cache;
import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.journal.LogEntry;
import dev.datapipeline.llm.journal.LogEntry.CallOrigin;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.journal.LogEntry.Claimed;
import dev.datapipeline.llm.journal.LogEntry.Ended;
import dev.datapipeline.llm.journal.LogEntry.TryBooked;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Claim;
import dev.datapipeline.llm.money.ModelPrice;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.replay.Replays.Question;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call over all its tries: what it asks, what it has cost so far, and its entries in the log. Tries follow one another. */
final class CallInProgress {
    private static final Usage NO_USAGE = new Usage(0, 0, 0, 0, 0, true);

    private final long number;
    private final CallRequest request;
    private final Question question;
    private final UpstreamTerms terms;
    private final Account account;
    private final LedgerParts parts;
    private final CallOrigin origin;
    private final ModelPrice price;
    private final @Nullable Claim claim;
    private final long began;
    private final AtomicBoolean holdsFlight = new AtomicBoolean();
    private volatile Picodollars cost = Picodollars.ZERO;
    private volatile int tries;
    private volatile long waitedNanos;
    private volatile boolean isUp;

    /** @param startedAt milliseconds since 1970 */
    CallInProgress(
            long number,
            CallRequest request,
            Question question,
            UpstreamTerms terms,
            Account account,
            LedgerParts parts,
            long startedAt) {
        this.number = number;
        this.request = request;
        this.question = question;
        this.terms = terms;
        this.account = account;
        this.parts = parts;
        this.origin = new CallOrigin(
                startedAt,
                request.caller().number(),
                request.stage(),
                request.endpoint().path(),
                request.model(),
                request.fingerprint(),
                request.bytes());
        this.price = terms.prices().price(request.model());
        this.claim = price.claim(request.input(), request.outputTokens(), request.serviceTier());
        this.began = parts.timer().nanoTime();
    }

    String id() {
        return account.log() + "-" + number;
    }

    CallRequest request() {
        return request;
    }

    Question question() {
        return question;
    }

    UpstreamTerms terms() {
        return terms;
    }

    Account account() {
        return account;
    }

    LedgerParts parts() {
        return parts;
    }

    ModelPrice price() {
        return price;
    }

    /** Null where the cost has no bound. */
    @Nullable
    Claim claim() {
        return claim;
    }

    boolean isRun() {
        return request.scope().kind() == Kind.RUN;
    }

    /** Trials always share answers: people try the same thing again and again. */
    boolean usesCache() {
        return !isRun() || request.scope().cache() == Cache.EXACT;
    }

    UUID owner() {
        return request.scope().id();
    }

    private UsageKey usageKey() {
        return new UsageKey(request.stage(), shortened(request.model()));
    }

    private static String shortened(String model) {
        String storable = model.replace('\0', '?');
        return storable.length() <= 200 ? storable : storable.substring(0, 200);
    }

    /** What is left of the time that the client waits. */
    Duration patience() {
        Duration left = request.longestWait().minusNanos(parts.timer().nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A try goes up; completes once its claim survives the process. */
    CompletableFuture<Long> goesUp(Picodollars amount, long waited) {
        tries++;
        waitedNanos += waited;
        isUp = true;
        parts.metrics().wentUp(upstream());
        return append(new Claimed(number, origin, amount));
    }

    /** A try has ended and another one follows. */
    CompletableFuture<Long> tryEnded(Bill bill) {
        cost = cost.plus(bill.total());
        account.count(usageKey(), UsageSum.of(bill));
        comesBack(bill);
        return append(new TryBooked(number, bill));
    }

    boolean wentUp() {
        return tries > 0;
    }

    /** Books the end of the call; completes once it survives the process. */
    CompletableFuture<Long> ended(Bill bill, End end) {
        cost = cost.plus(bill.total());
        CallOutcome outcome = new CallOutcome(
                end.status(),
                end.httpStatus(),
                tries,
                cost,
                end.usage() == null ? NO_USAGE : end.usage(),
                end.answerBytes(),
                TimeUnit.NANOSECONDS.toMillis(waitedNanos),
                TimeUnit.NANOSECONDS.toMillis(parts.timer().nanoTime() - began),
                price.version(),
                end.servedModel(),
                end.reason());
        account.count(usageKey(), UsageSum.of(bill).plus(UsageSum.of(outcome)));
        comesBack(bill);
        parts.metrics().ended(upstream(), model(), outcome);
        Ended entry = new Ended(number, origin, bill, outcome);
        if (!isRun()) {
            parts.trials().add(owner(), entry);
        }
        return append(entry);
    }

    private void comesBack(Bill bill) {
        if (isUp) {
            isUp = false;
            parts.metrics().cameBack(upstream());
            parts.metrics().booked(upstream(), model(), bill);
        }
    }

    private String upstream() {
        return request.scope().upstream();
    }

    private String model() {
        return usageKey().model();
    }

    /**
     * How a call ended.
     *
     * @param usage null where it is not known
     */
    record End(
            CallStatus status,
            int httpStatus,
            @Nullable Usage usage,
            long answerBytes,
            String servedModel,
            String reason) {}

    /** Trials have no log: what was lent to one that dies counts as spent. */
    private CompletableFuture<Long> append(LogEntry entry) {
        return isRun() ? parts.log().append(owner(), account.log(), entry) : CompletableFuture.completedFuture(0L);
    }

    String cacheKey() {
        return question.use() + " " + request.fingerprint();
    }

    void takesFlight() {
        holdsFlight.set(true);
    }

    /** Those who wait for the answer of this call get it, or one of them goes up. */
    void lands(Optional<StoredAnswer> answer) {
        if (holdsFlight.compareAndSet(true, false)) {
            parts.flights().landed(cacheKey(), answer);
        }
    }
}
