package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.budget.ClaimDecision;
import dev.datapipeline.llm.budget.ClaimDecision.OutOfBudget;
import dev.datapipeline.llm.budget.ClaimDecision.Reserved;
import dev.datapipeline.llm.budget.Reservation;
import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.Admission.Granted;
import dev.datapipeline.llm.call.Admission.Refused;
import dev.datapipeline.llm.call.CallRequest;
import dev.datapipeline.llm.call.QueuedCall;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.ledger.CallInProgress.End;
import dev.datapipeline.llm.ledger.UpstreamTerms.ModelRate;
import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.llm.limit.Place;
import dev.datapipeline.llm.limit.PlaceDecision;
import dev.datapipeline.llm.limit.PlaceRequest;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Claim;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.time.Timer.Alarm;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The way of one try to its grant: money, then a place, then its claim in the log. Gives up what it has when it is withdrawn or refused on
 * the way.
 */
final class CallAdmission implements QueuedCall {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CallInProgress call;
    private final Duration pause;
    private final long began;
    private final CompletableFuture<Admission> admission = new CompletableFuture<>();
    private boolean isOver;
    private @Nullable Runnable cancelStep;
    private @Nullable Reservation reservation;
    private @Nullable Place place;
    private @Nullable Alarm alarm;

    /** @param pause to wait at least, after a try that failed */
    CallAdmission(CallInProgress call, Duration pause) {
        this.call = call;
        this.pause = pause;
        this.began = call.parts().timer().nanoTime();
    }

    @Override
    public CompletionStage<Admission> admission() {
        return admission;
    }

    CallInProgress call() {
        return call;
    }

    /** Asks for the money. Returns false when the caller has given up before. */
    boolean begin() {
        synchronized (this) {
            if (isOver) {
                return false;
            }
        }
        Claim claim = call.claim();
        if (claim != null && call.price().isKnown()) {
            waitWith(call.account().claim(claim.amount(), this::decided)::cancel);
        } else {
            waitWith(call.account().claimWithoutPrice(this::decided)::cancel);
        }
        return true;
    }

    /** What to do when the caller gives up while this step is not decided. */
    void waitWith(Runnable cancel) {
        boolean isTooLate;
        synchronized (this) {
            isTooLate = isOver;
            if (!isOver && reservation == null) {
                cancelStep = cancel;
                if (alarm == null) {
                    alarm = call.parts().timer().after(call.patience(), this::expire);
                }
            }
        }
        if (isTooLate) {
            cancel.run();
        }
    }

    private void expire() {
        refuse(
                Refusal.RATE_LIMITED,
                "The turn of this call comes after its client gives up. Send fewer calls at once.",
                SOON);
    }

    private void decided(ClaimDecision decision) {
        switch (decision) {
            case Reserved reserved -> reserved(reserved.reservation());
            case OutOfBudget out -> outOfBudget(out);
            case ClaimDecision.Limited limited -> refuseUnpriced();
            case ClaimDecision.Closed closed ->
                refuse(
                        Refusal.RUN_NOT_ACTIVE,
                        "The run is paused or over: its scripts may not call models now.",
                        Duration.ZERO);
            case ClaimDecision.Unavailable unavailable ->
                refuse(Refusal.LEDGER_UNAVAILABLE, "What this run has spent cannot be looked up right now.", SOON);
        }
    }

    private void reserved(Reservation reserved) {
        boolean isTooLate;
        synchronized (this) {
            isTooLate = isOver;
            reservation = reserved;
        }
        if (isTooLate) {
            reserved.close(Bill.NOTHING);
            return;
        }
        CallRequest request = call.request();
        ModelRate rate = call.terms().rate(request.model());
        long tokens = rate.estimate().of(request.bytes(), request.outputTokens());
        PlaceRequest wanted = new PlaceRequest(call.owner(), !call.isRun(), tokens, pause, call.patience());
        waitForPlace(rate.limiter().request(wanted, this::decided)::cancel);
    }

    private void waitForPlace(Runnable cancel) {
        boolean isTooLate;
        synchronized (this) {
            isTooLate = isOver;
            if (!isOver && place == null) {
                cancelStep = cancel;
            }
        }
        if (isTooLate) {
            cancel.run();
        }
    }

    private void decided(PlaceDecision decision) {
        switch (decision) {
            case PlaceDecision.Granted granted -> placed(granted.place());
            case PlaceDecision.TooLate late ->
                refuse(
                        Refusal.RATE_LIMITED,
                        "The limits of this model let the call go up only after its client gives up. Send fewer calls at once.",
                        late.retryAfter());
        }
    }

    private void placed(Place granted) {
        Reservation held;
        synchronized (this) {
            held = isOver ? null : reservation;
            if (held != null) {
                isOver = true;
                place = granted;
                cancelAlarm();
            }
        }
        if (held == null) {
            granted.withdraw();
            return;
        }
        long waited = call.parts().timer().nanoTime() - began;
        call.goesUp(held.amount(), waited).whenComplete((offset, failed) -> {
            if (failed == null) {
                admission.complete(new Granted(new GrantedCall(call, held, granted)));
                return;
            }
            held.close(Bill.NOTHING);
            granted.withdraw();
            tellRefusal(new Refused(Refusal.LEDGER_UNAVAILABLE, "The call cannot be written down right now.", SOON));
        });
    }

    private void outOfBudget(OutOfBudget out) {
        String message = "The budget is used up: this call needs up to %s, %s is left. %s"
                .formatted(
                        out.needed(),
                        out.left(),
                        call.isRun() ? "Raise the budget and resume the run." : "Trials have a budget of their own.");
        if (!call.isRun()) {
            refuse(Refusal.BUDGET_EXHAUSTED, message, Duration.ZERO);
            return;
        }
        call.parts()
                .pauses()
                .pause(new RunMustPause(call.owner(), PauseReason.BUDGET, out.needed(), message))
                .thenRun(() -> refuse(Refusal.BUDGET_EXHAUSTED, message, Duration.ZERO));
    }

    private void refuseUnpriced() {
        if (call.price().isKnown()) {
            refuse(
                    Refusal.COST_UNBOUNDED,
                    "The run has a budget, and nobody can say what this call costs at most. Set max_tokens, and send no audio or files.",
                    Duration.ZERO);
            return;
        }
        refuse(
                Refusal.PRICE_UNKNOWN,
                "The run has a budget, and the model has no price here. An administrator can set one for the upstream.",
                Duration.ZERO);
    }

    void refuse(Refusal refusal, String message, Duration retryAfter) {
        if (giveUp()) {
            tellRefusal(new Refused(refusal, message, retryAfter));
        }
    }

    private void tellRefusal(Refused refused) {
        endInTheLog(CallStatus.FAILED, refused.message());
        call.lands(Optional.empty());
        admission.complete(refused);
    }

    /** A call whose earlier tries went up stands in the log already, and has to end there. */
    private void endInTheLog(CallStatus status, String reason) {
        if (call.wentUp()) {
            call.ended(Bill.NOTHING, new End(status, 0, null, 0, "", reason));
        }
    }

    /** Returns false when there is nothing to give up any more. */
    boolean giveUp() {
        Runnable cancel;
        Reservation held;
        synchronized (this) {
            if (isOver) {
                return false;
            }
            isOver = true;
            cancel = cancelStep;
            held = reservation;
            cancelAlarm();
        }
        if (cancel != null) {
            cancel.run();
        }
        if (held != null) {
            held.close(Bill.NOTHING);
        }
        return true;
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /** Answers from what is kept. */
    void answer(Admission answered) {
        if (giveUp()) {
            admission.complete(answered);
        }
    }

    @Override
    public void withdraw() {
        if (giveUp()) {
            endInTheLog(CallStatus.WITHDRAWN, "");
            call.lands(Optional.empty());
        }
    }
}
