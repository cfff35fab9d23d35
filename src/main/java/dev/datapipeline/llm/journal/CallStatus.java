package dev.datapipeline.llm.journal;

/** How a call ended. The order is part of the format of logs: new ones go to the end. */
public enum CallStatus {
    /** Answered, usage known, settled. */
    SUCCEEDED,
    /** A stream that ended early; booked by what had arrived. */
    CUT,
    /** It may have been billed; its claim stays booked. */
    UNSETTLED,
    /** The upstream refused it or could not be reached; nothing is owed. */
    FAILED,
    /** The client was gone before it went up. */
    WITHDRAWN,
    /** Answered with what was kept for this run. */
    REPLAYED,
    /** Answered with what was kept for all runs. */
    CACHED,
    /** The process ended while the call was open; its claim stays booked. Never written, read from a claim without an end. */
    INTERRUPTED
}
