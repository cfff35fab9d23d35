package dev.datapipeline.llm.ledger;

import dev.datapipeline.llm.call.Admission.Answered;
import dev.datapipeline.llm.call.Admission.Source;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.llm.call.StoredAnswer;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.ledger.CallInProgress.End;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.replay.SingleFlight.Follower;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The first step of a call: what is kept for its run, then what is shared, then an equal call that is under way. */
final class KeptAnswers implements Follower {
    private static final Logger LOG = Logger.getLogger(KeptAnswers.class);

    private final CallAdmission admission;
    private final CallInProgress call;

    KeptAnswers(CallAdmission admission) {
        this.admission = admission;
        this.call = admission.call();
    }

    /** Looks for an answer; without one the call goes its way. */
    void lookUp() {
        LedgerParts parts = call.parts();
        boolean isKept = call.isRun() && !parts.replays().isSurelyAbsent(call.question());
        boolean isShared = call.usesCache()
                && !parts.cache()
                        .isSurelyAbsent(
                                call.request().fingerprint(), call.question().use());
        if (isKept || isShared) {
            parts.blocking().execute(this::read);
            return;
        }
        join();
    }

    private void read() {
        try {
            Optional<StoredAnswer> own = call.isRun() ? call.parts().replays().find(call.question()) : Optional.empty();
            if (own.isPresent()) {
                answer(own.get(), Source.REPLAY);
                return;
            }
            Optional<StoredAnswer> shared = call.usesCache()
                    ? call.parts()
                            .cache()
                            .find(call.request().fingerprint(), call.question().use())
                    : Optional.empty();
            if (shared.isPresent()) {
                answer(shared.get(), Source.CACHE);
                return;
            }
            join();
        } catch (IOException | RuntimeException unreadable) {
            LOG.warnf("answers kept for %s cannot be read: %s", call.owner(), unreadable);
            admission.refuse(
                    Refusal.LEDGER_UNAVAILABLE,
                    "Answers that were paid already cannot be read right now.",
                    Duration.ofSeconds(1));
        }
    }

    private void answer(StoredAnswer answer, Source source) {
        CallStatus status = source == Source.REPLAY ? CallStatus.REPLAYED : CallStatus.CACHED;
        call.ended(Bill.NOTHING, new End(status, answer.status(), null, answer.body().length, "", ""));
        admission.answer(new Answered(call.id(), answer, source));
    }

    private void join() {
        if (!call.usesCache()) {
            admission.begin();
            return;
        }
        if (call.parts().flights().join(call.cacheKey(), this)) {
            goesFirst();
            return;
        }
        admission.waitWith(() -> call.parts().flights().leave(call.cacheKey(), this));
    }

    @Override
    public void answered(StoredAnswer answer) {
        answer(answer, Source.CACHE);
    }

    @Override
    public void goesFirst() {
        call.takesFlight();
        if (!admission.begin()) {
            call.lands(Optional.empty());
        }
    }
}
