package dev.datapipeline.llm.journal;

import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;

/** What stands in the log of calls. */
public sealed interface LogEntry {
    /** Number of the call in this log, the same for all its tries. */
    long call();

    /** A try goes up. It counts at this amount until a booking of the same call follows. */
    record Claimed(long call, CallOrigin origin, Picodollars amount) implements LogEntry {}

    /** A try has ended and another one will follow. */
    record TryBooked(long call, Bill bill) implements LogEntry {}

    /**
     * The call has ended.
     *
     * @param bill of the last try
     * @param outcome what is shown of it
     */
    record Ended(long call, CallOrigin origin, Bill bill, CallOutcome outcome) implements LogEntry {}

    /**
     * Who called what.
     *
     * @param startedAt milliseconds since 1970
     * @param record index; negative where only the batch is known or not even that, see Caller
     * @param stage ordinal, or -1
     * @param fingerprint of the request; equal for equal requests
     */
    record CallOrigin(
            long startedAt, long record, int stage, String endpoint, String model, String fingerprint, long bytes) {}

    /**
     * What came of it.
     *
     * @param httpStatus of the upstream's last answer; 0 where there was none
     * @param cost of all tries, unsettled amounts included
     * @param usage of the answer; all zero where it is not known
     * @param waitedMillis in our queue and between tries
     * @param tookMillis from the request to the end of the answer, waiting included
     * @param servedModel as the answer names it; empty where it does not
     * @param reason why it failed; empty where it did not
     */
    record CallOutcome(
            CallStatus status,
            int httpStatus,
            int tries,
            Picodollars cost,
            Usage usage,
            long answerBytes,
            long waitedMillis,
            long tookMillis,
            String priceVersion,
            String servedModel,
            String reason) {
        /** The script has its answer, only its cost is not certain. */
        public boolean isAnsweredWithoutUsage() {
            return status == CallStatus.UNSETTLED && reason.isEmpty();
        }
    }
}
