package dev.datapipeline.llm.limit;

import java.util.concurrent.atomic.AtomicBoolean;

/** Holds what a call takes of the limits, until it is given back, once. */
public final class Place {
    private final RateLimiter limiter;
    private final PlaceRequest request;
    private final long grantedAt;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    Place(RateLimiter limiter, PlaceRequest request, long grantedAt) {
        this.limiter = limiter;
        this.request = request;
        this.grantedAt = grantedAt;
    }

    PlaceRequest request() {
        return request;
    }

    long grantedAt() {
        return grantedAt;
    }

    /** Tells what the upstream has said with its answer. */
    public void answered(int status, RateHeaders headers) {
        limiter.learn(this, status, headers);
    }

    /** Gives the place back; what was asked for counts as used. */
    public void free() {
        free(request.tokens());
    }

    /** Gives the place back, and the tokens that were not used. */
    public void free(long usedTokens) {
        if (isOpen.compareAndSet(true, false)) {
            limiter.free(this, usedTokens);
        }
    }

    /** Gives everything back: the call has not reached the upstream. */
    public void withdraw() {
        if (isOpen.compareAndSet(true, false)) {
            limiter.withdraw(this);
        }
    }
}
