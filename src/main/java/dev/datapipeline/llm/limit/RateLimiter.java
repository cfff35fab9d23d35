package dev.datapipeline.llm.limit;

import dev.datapipeline.llm.limit.PlaceDecision.Granted;
import dev.datapipeline.llm.limit.PlaceDecision.TooLate;
import dev.datapipeline.time.Timer;
import dev.datapipeline.time.Timer.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides when calls to one model of one upstream may go up. Thread-safe; decisions are told without the lock, on the thread of whoever
 * made them possible.
 */
public final class RateLimiter {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_ERROR = 400;
    private static final Duration PAUSE_WHERE_NONE_IS_ASKED = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Timer timer;
    private final int mostInFlight;
    private final FairQueue<Waiting> runs = new FairQueue<>();
    private final FairQueue<Waiting> trials = new FairQueue<>();
    private final LearntRate requestRate;
    private final LearntRate tokenRate;
    private final TokenBucket requests;
    private final TokenBucket tokens;
    private final RecentRequests granted;
    private final RecentRequests accepted;
    private int inFlight;
    private int trialsInFlight;
    private long sleepsUntil;
    private long refusedAt;
    private boolean wasRefused;
    private boolean wasAcceptedSince;
    private @Nullable Alarm alarm;

    public RateLimiter(RateLimits limits, Timer timer) {
        long now = timer.nanoTime();
        this.timer = timer;
        this.mostInFlight = limits.inFlight();
        this.requestRate = new LearntRate(limits.requests(), now);
        this.tokenRate = new LearntRate(limits.tokens(), now);
        this.requests = new TokenBucket(now);
        this.tokens = new TokenBucket(now);
        this.granted = new RecentRequests(now);
        this.accepted = new RecentRequests(now);
        this.sleepsUntil = now;
        adjust(now);
    }

    /** A request that has not got its place yet. */
    public interface Ticket {
        /** Gives up the turn, after which no decision may come. A decision under way comes all the same. */
        void cancel();
    }

    /** @param whenDecided called once, perhaps before this returns; must not block */
    public Ticket request(PlaceRequest request, Consumer<PlaceDecision> whenDecided) {
        Waiting waiting = new Waiting(request, whenDecided, timer.nanoTime());
        if (request.pause().compareTo(request.longestWait()) > 0) {
            waiting.isDone = true;
            whenDecided.accept(new TooLate(request.pause()));
        } else if (request.pause().isPositive()) {
            waiting.pauseAlarm = timer.after(request.pause(), () -> enter(waiting));
        } else {
            enter(waiting);
        }
        return waiting;
    }

    private void enter(Waiting waiting) {
        List<Runnable> decisions = new ArrayList<>();
        synchronized (this) {
            if (waiting.isDone) {
                return;
            }
            line(waiting.request).add(waiting.request.owner(), waiting);
            serve(decisions);
            if (!waiting.isDone) {
                waitOrTurnAway(waiting, decisions);
            }
        }
        decisions.forEach(Runnable::run);
    }

    /** While the upstream wants to be left alone, nobody waits whose turn must come too late. */
    private void waitOrTurnAway(Waiting waiting, List<Runnable> decisions) {
        long now = timer.nanoTime();
        Duration left = waiting.left(now);
        Duration asleep = Duration.ofNanos(Math.max(0, sleepsUntil - now));
        if (asleep.compareTo(left) > 0) {
            turnAway(waiting, asleep, decisions);
            return;
        }
        waiting.deadlineAlarm = timer.after(left, () -> expire(waiting));
    }

    private void expire(Waiting waiting) {
        List<Runnable> decisions = new ArrayList<>();
        synchronized (this) {
            if (!waiting.isDone) {
                turnAway(waiting, PAUSE_WHERE_NONE_IS_ASKED, decisions);
                serve(decisions);
            }
        }
        decisions.forEach(Runnable::run);
    }

    private void turnAway(Waiting waiting, Duration retryAfter, List<Runnable> decisions) {
        line(waiting.request).remove(waiting.request.owner(), waiting);
        waiting.done();
        decisions.add(() -> waiting.whenDecided.accept(new TooLate(retryAfter)));
    }

    private FairQueue<Waiting> line(PlaceRequest request) {
        return request.isTrial() ? trials : runs;
    }

    /** Grants places as long as there are any. The caller holds the lock and runs the decisions without it. */
    private void serve(List<Runnable> decisions) {
        long now = timer.nanoTime();
        adjust(now);
        while (inFlight < mostInFlight) {
            FairQueue<Waiting> line = nextLine();
            Waiting next = line.peek();
            if (next == null) {
                return;
            }
            long wait = waitFor(next.request, now);
            if (wait > 0) {
                wakeAfter(wait);
                return;
            }
            line.removeFirst();
            decisions.add(grant(next, now));
        }
    }

    /** A person waits for a trial, but only one of its calls goes before those of runs. */
    private FairQueue<Waiting> nextLine() {
        boolean isTrialsTurn = !trials.isEmpty() && (trialsInFlight == 0 || runs.isEmpty());
        return isTrialsTurn ? trials : runs;
    }

    private long waitFor(PlaceRequest request, long now) {
        return Math.max(sleepsUntil - now, Math.max(requests.waitFor(1, now), tokens.waitFor(request.tokens(), now)));
    }

    private Runnable grant(Waiting waiting, long now) {
        requests.take(1, now);
        tokens.take(waiting.request.tokens(), now);
        granted.add(now);
        inFlight++;
        trialsInFlight += waiting.request.isTrial() ? 1 : 0;
        waiting.done();
        Place place = new Place(this, waiting.request, now);
        return () -> waiting.whenDecided.accept(new Granted(place));
    }

    private void wakeAfter(long nanos) {
        if (alarm != null) {
            alarm.cancel();
        }
        // Rates rise with time, so that a wait of hours may turn out to be shorter.
        alarm = timer.after(Duration.ofNanos(Math.min(nanos, MINUTE.toNanos())), this::wake);
    }

    private void wake() {
        List<Runnable> decisions = new ArrayList<>();
        synchronized (this) {
            alarm = null;
            serve(decisions);
        }
        decisions.forEach(Runnable::run);
    }

    private void adjust(long now) {
        requests.limit(requestRate.perMinute(now), now);
        tokens.limit(tokenRate.perMinute(now), now);
    }

    void free(Place place, long usedTokens) {
        leave(place, 0, place.request().tokens() - usedTokens);
    }

    void withdraw(Place place) {
        leave(place, 1, place.request().tokens());
    }

    private void leave(Place place, long requestsBack, long tokensBack) {
        List<Runnable> decisions = new ArrayList<>();
        synchronized (this) {
            long now = timer.nanoTime();
            inFlight--;
            trialsInFlight -= place.request().isTrial() ? 1 : 0;
            requests.giveBack(requestsBack, now);
            tokens.giveBack(tokensBack, now);
            serve(decisions);
        }
        decisions.forEach(Runnable::run);
    }

    /** Believes the upstream: less at once, more slowly. */
    void learn(Place place, int status, RateHeaders headers) {
        List<Runnable> decisions = new ArrayList<>();
        synchronized (this) {
            long now = timer.nanoTime();
            headers.requests().perMinute().ifPresent(requestRate::announced);
            headers.tokens().perMinute().ifPresent(tokenRate::announced);
            if (status == TOO_MANY_REQUESTS) {
                refused(place, headers.retryAfter(), now);
            } else if (status < FIRST_ERROR) {
                accepted.add(now);
                wasAcceptedSince |= place.grantedAt() - refusedAt > 0;
            }
            adjust(now);
            headers.requests().remaining().ifPresent(left -> requests.holdAtMost(left, now));
            headers.tokens().remaining().ifPresent(left -> tokens.holdAtMost(left, now));
            serve(decisions);
        }
        decisions.forEach(Runnable::run);
    }

    /**
     * All calls that were under way hear the same refusal: the rate is halved for the first one only. An upstream that accepts nothing at all
     * until it refuses again says nothing about a rate.
     */
    private void refused(Place place, Duration retryAfter, long now) {
        Duration pause = retryAfter.isPositive() ? retryAfter : PAUSE_WHERE_NONE_IS_ASKED;
        sleepsUntil = Math.max(sleepsUntil, now + pause.toNanos());
        boolean isNews = !wasRefused || (place.grantedAt() - refusedAt > 0 && wasAcceptedSince);
        if (!isNews) {
            return;
        }
        wasRefused = true;
        wasAcceptedSince = false;
        refusedAt = now;
        if (!requestRate.isStated() && !tokenRate.isStated()) {
            requestRate.guess(granted.perMinute(now), now);
        }
        requestRate.refused(accepted.perMinute(now), now);
        tokenRate.refused(0, now);
    }

    /** Calls that hold a place now. */
    public synchronized int inFlight() {
        return inFlight;
    }

    private final class Waiting implements Ticket {
        private final PlaceRequest request;
        private final Consumer<PlaceDecision> whenDecided;
        private final long since;
        private @Nullable Alarm deadlineAlarm;
        private @Nullable Alarm pauseAlarm;
        private boolean isDone;

        Waiting(PlaceRequest request, Consumer<PlaceDecision> whenDecided, long since) {
            this.request = request;
            this.whenDecided = whenDecided;
            this.since = since;
        }

        private Duration left(long now) {
            Duration left = request.longestWait().minusNanos(now - since);
            return left.isNegative() ? Duration.ZERO : left;
        }

        private void done() {
            isDone = true;
            if (deadlineAlarm != null) {
                deadlineAlarm.cancel();
            }
            if (pauseAlarm != null) {
                pauseAlarm.cancel();
            }
        }

        @Override
        public void cancel() {
            List<Runnable> decisions = new ArrayList<>();
            synchronized (RateLimiter.this) {
                if (isDone) {
                    return;
                }
                line(request).remove(request.owner(), this);
                done();
                serve(decisions);
            }
            decisions.forEach(Runnable::run);
        }
    }
}
