package dev.datapipeline.llm.budget.usage;

import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.journal.CallStatus;
import dev.datapipeline.llm.journal.LogEntry.CallOutcome;
import dev.datapipeline.llm.money.Bill;
import dev.datapipeline.llm.money.Picodollars;

/** Sums over calls. Tokens of replayed and cached answers are not in them: they were counted when they were paid. */
public record UsageSum(
        long calls,
        long failed,
        long tries,
        long replays,
        long cacheHits,
        long promptTokens,
        long cachedTokens,
        long completionTokens,
        long reasoningTokens,
        long waitingMillis,
        long tookMillis,
        Picodollars spent,
        Picodollars unsettled) {
    public static final UsageSum NONE =
            new UsageSum(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Picodollars.ZERO, Picodollars.ZERO);

    public UsageSum plus(UsageSum other) {
        return new UsageSum(
                calls + other.calls,
                failed + other.failed,
                tries + other.tries,
                replays + other.replays,
                cacheHits + other.cacheHits,
                promptTokens + other.promptTokens,
                cachedTokens + other.cachedTokens,
                completionTokens + other.completionTokens,
                reasoningTokens + other.reasoningTokens,
                waitingMillis + other.waitingMillis,
                tookMillis + other.tookMillis,
                spent.plus(other.spent),
                unsettled.plus(other.unsettled));
    }

    /** Money of one try. */
    public static UsageSum of(Bill bill) {
        return new UsageSum(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, bill.spent(), bill.unsettled());
    }

    /** One call that has ended, without its money. */
    public static UsageSum of(CallOutcome outcome) {
        CallStatus status = outcome.status();
        boolean isKept = status == CallStatus.REPLAYED || status == CallStatus.CACHED;
        boolean isAnswered = isKept || status == CallStatus.SUCCEEDED || outcome.isAnsweredWithoutUsage();
        Usage counted = isKept ? NO_TOKENS : outcome.usage();
        return new UsageSum(
                1,
                isAnswered ? 0 : 1,
                outcome.tries(),
                status == CallStatus.REPLAYED ? 1 : 0,
                status == CallStatus.CACHED ? 1 : 0,
                counted.prompt(),
                counted.cached(),
                counted.completion(),
                counted.reasoning(),
                outcome.waitedMillis(),
                outcome.tookMillis(),
                Picodollars.ZERO,
                Picodollars.ZERO);
    }

    private static final Usage NO_TOKENS = new Usage(0, 0, 0, 0, 0, true);
}
