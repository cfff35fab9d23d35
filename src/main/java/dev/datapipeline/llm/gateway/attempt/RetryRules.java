package dev.datapipeline.llm.gateway.attempt;

import java.time.Duration;

/** How often a call is tried. Only the gateway retries: clients are told not to, or tries would multiply. */
final class RetryRules {
    private static final int MOST_UNCERTAIN_TRIES = 3;
    private static final int MOST_RATE_LIMITED_TRIES = 20;
    private static final Duration LONGEST_OUTAGE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final int MOST_DOUBLINGS = 4;

    private RetryRules() {}

    /** Each of these tries may be paid, so there are few. */
    static boolean mayRetryUncertain(int status, int tries) {
        boolean mayPass = status == 0 || status >= 500 && status != 501 && status != 505;
        return mayPass && tries < MOST_UNCERTAIN_TRIES;
    }

    /** Costs nothing; an upstream that is started anew is back in a minute. */
    static boolean mayRetryConnection(Duration sinceBegin, Duration longestWait) {
        return sinceBegin.compareTo(longestWait) < 0 && sinceBegin.compareTo(LONGEST_OUTAGE) < 0;
    }

    /** The ledger says when, and refuses when that is too late. */
    static boolean mayRetryRateLimited(int tries) {
        return tries < MOST_RATE_LIMITED_TRIES;
    }

    /** 408 and 409 are about the moment, not about the request. */
    static boolean mayRetryRejected(int status, int tries) {
        return (status == 408 || status == 409) && tries < MOST_UNCERTAIN_TRIES;
    }

    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(MOST_DOUBLINGS, tries - 1));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
