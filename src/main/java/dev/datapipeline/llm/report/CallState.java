package dev.datapipeline.llm.report;

import dev.datapipeline.llm.journal.CallStatus;

/** How a call ended, for people. */
enum CallState {
    SUCCEEDED,
    /** Answered with an error, not sent, or given up by the script. */
    FAILED,
    /** Answered with what this run had paid for. */
    REPLAYED,
    /** Answered with what another run had paid for. */
    CACHED,
    /** It may have been billed, and nobody knows how much: its claim or an estimate stays booked. */
    UNSETTLED;

    static CallState of(CallStatus status) {
        return switch (status) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED, WITHDRAWN -> FAILED;
            case REPLAYED -> REPLAYED;
            case CACHED -> CACHED;
            case UNSETTLED, CUT, INTERRUPTED -> UNSETTLED;
        };
    }
}
