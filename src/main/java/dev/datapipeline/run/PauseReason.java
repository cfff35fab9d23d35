package dev.datapipeline.run;

/** Why a run is paused. */
public enum PauseReason {
    /** Its budget for model calls does not pay for the next call. */
    BUDGET,
    /** The upstream of its model calls does not accept our key. */
    KEY_REFUSED,
    /** Our account at the upstream is used up. */
    QUOTA_EXHAUSTED,
    /** An upstream has billed more than a call could cost. */
    OVERCHARGED,
    /** The settings do not have the upstream of its model calls any more. */
    UPSTREAM_REMOVED
}
