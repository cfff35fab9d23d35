package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.budget.Reservation;
import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallEnd.Complete;
import dev.datapipeline.llm.call.CallEnd.CutStream;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallEnd.Uncertain;
import dev.datapipeline.llm.call.OpenCall;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Settlement;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.ledger.CallInProgress.End;
import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.llm.limit.Place;
import dev.datapipeline.llm.limit.RateHeaders;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Claim;
import dev.datapipeline.llm.money.Picodollars;
import dev.datapipeline.llm.money.PricedCall;
import dev.datapipeline.run.PauseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A try that may go up, until it is settled or repeated. */
final class GrantedCall implements OpenCall {
    private static final Logger LOG = Logger.getLogger(GrantedCall.class);
    private static final Claim NO_CLAIM = new Claim(Picodollars.ZERO, 0, 0);

    private final CallInProgress call;
    private final Reservation reservation;
    private final Place place;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    GrantedCall(CallInProgress call, Reservation reservation, Place place) {
        this.call = call;
        this.reservation = reservation;
        this.place = place;
    }

    @Override
    public String id() {
        return call.id();
    }

    @Override
    public void answered(int status, Map<String, String> limits) {
        place.answered(status, RateHeaders.of(limits, Instant.now()));
    }

    @Override
    public QueuedCall retry(CallEnd end, Duration pause) {
        closeOnce();
        Bill bill = bill(end);
        // In this order: an account whose last reservation is closed may report its sums for the last time.
        call.tryEnded(bill);
        boolean isWithinClaim = reservation.close(bill);
        freePlace(end);
        if (!isWithinClaim) {
            pauseOvercharged();
        }
        CallAdmission next = new CallAdmission(call, pause);
        next.begin();
        return next;
    }

    @Override
    public CompletionStage<Settlement> settle(CallEnd end) {
        closeOnce();
        Bill bill = bill(end);
        StoredAnswer answer = answer(end);
        CompletableFuture<Void> kept = keep(answer);
        CompletableFuture<Long> booked = call.ended(bill, end(end, bill));
        boolean isWithinClaim = reservation.close(bill);
        freePlace(end);
        call.lands(Optional.ofNullable(answer));
        CompletableFuture<Void> paused = isWithinClaim ? pauseWhereNeeded(end) : pauseOvercharged();
        String cost = call.price().isKnown() ? bill.total().text() : "unknown";
        return CompletableFuture.allOf(kept, booked, paused).thenApply(done -> new Settlement(cost, bill.isFinal()));
    }

    private void closeOnce() {
        if (!isOpen.compareAndSet(true, false)) {
            throw new IllegalStateException("model call ended twice: " + id());
        }
    }

    private Bill bill(CallEnd end) {
        boolean isReleased = end instanceof Uncertain failed
                && failed.status() >= 500
                && call.terms().releasesUncertain();
        Claim claim = call.claim();
        PricedCall priced = new PricedCall(
                call.price(), claim == null ? NO_CLAIM : claim, call.request().serviceTier());
        return isReleased ? Bill.NOTHING : Bill.of(priced, end);
    }

    private void freePlace(CallEnd end) {
        switch (end) {
            case Complete complete -> free(complete.usage());
            case CutStream cut -> free(cut.usage());
            case Uncertain uncertain -> place.free();
            case Unbilled unbilled -> freeUnbilled(unbilled);
        }
    }

    private void free(@Nullable Usage usage) {
        if (usage == null || !usage.isWellFormed() || usage.prompt() < 0 || usage.completion() < 0) {
            place.free();
            return;
        }
        call.terms()
                .rate(call.request().model())
                .estimate()
                .learn(call.request().bytes(), usage.prompt(), usage.completion());
        place.free(usage.prompt() + usage.completion());
    }

    private void freeUnbilled(Unbilled unbilled) {
        switch (unbilled.cause()) {
            case WITHDRAWN, NOT_CONNECTED -> place.withdraw();
            case REJECTED, RATE_LIMITED, KEY_REFUSED, QUOTA_EXHAUSTED -> place.free(0);
        }
    }

    /** Only whole successful answers are kept. */
    private static @Nullable StoredAnswer answer(CallEnd end) {
        return end instanceof Complete complete && complete.status() / 100 == 2 ? complete.answer() : null;
    }

    /** An answer that cannot be kept is passed on all the same: it may be paid twice, once lost it would be. */
    private CompletableFuture<Void> keep(@Nullable StoredAnswer answer) {
        if (answer == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> forRun = call.isRun()
                ? call.parts().replays().keep(call.question(), answer)
                : CompletableFuture.completedFuture(null);
        CompletableFuture<Void> forAll = call.usesCache()
                ? call.parts()
                        .cache()
                        .keep(call.request().fingerprint(), call.question().use(), answer)
                : CompletableFuture.completedFuture(null);
        return CompletableFuture.allOf(forRun, forAll).exceptionally(failed -> {
            LOG.warnf("an answer of %s is not kept for replay: %s", id(), failed.getMessage());
            return null;
        });
    }

    private static End end(CallEnd end, Bill bill) {
        return switch (end) {
            case Complete complete ->
                new End(
                        bill.isFinal() ? CallStatus.SUCCEEDED : CallStatus.UNSETTLED,
                        complete.status(),
                        bill.isFinal() ? complete.usage() : null,
                        complete.answer() == null ? 0 : complete.answer().body().length,
                        complete.servedModel() == null ? "" : complete.servedModel(),
                        "");
            case CutStream cut ->
                new End(
                        CallStatus.CUT,
                        200,
                        null,
                        cut.textBytes(),
                        "",
                        cut.byClient() ? "the client left" : "the upstream cut it");
            case Uncertain uncertain ->
                new End(CallStatus.UNSETTLED, uncertain.status(), null, 0, "", uncertain.reason());
            case Unbilled unbilled ->
                new End(
                        unbilled.cause() == Unbilled.Cause.WITHDRAWN ? CallStatus.WITHDRAWN : CallStatus.FAILED,
                        unbilled.status(),
                        null,
                        0,
                        "",
                        unbilled.reason());
        };
    }

    private CompletableFuture<Void> pauseWhereNeeded(CallEnd end) {
        if (!call.isRun() || !(end instanceof Unbilled unbilled)) {
            return CompletableFuture.completedFuture(null);
        }
        String upstream = call.request().scope().upstream();
        return switch (unbilled.cause()) {
            case KEY_REFUSED ->
                pause(
                        PauseReason.KEY_REFUSED,
                        "The upstream %s does not accept our key. Once an administrator has set another one, resume the run."
                                .formatted(upstream));
            case QUOTA_EXHAUSTED ->
                pause(
                        PauseReason.QUOTA_EXHAUSTED,
                        "The account at the upstream %s is used up. Once it has been filled, resume the run."
                                .formatted(upstream));
            case WITHDRAWN, NOT_CONNECTED, REJECTED, RATE_LIMITED -> CompletableFuture.completedFuture(null);
        };
    }

    private CompletableFuture<Void> pauseOvercharged() {
        LOG.errorf(
                "%s was billed more than it could cost at most: is the price of %s right?",
                id(), call.request().model());
        return call.isRun()
                ? pause(
                        PauseReason.OVERCHARGED,
                        "A call of the model %s cost more than it could by its price. Check the price, then resume the run."
                                .formatted(call.request().model()))
                : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> pause(PauseReason reason, String message) {
        return call.parts().pauses().pause(new RunMustPause(call.owner(), reason, null, message));
    }
}
