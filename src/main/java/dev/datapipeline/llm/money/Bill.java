package dev.datapipeline.llm.money;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallEnd.Complete;
import dev.datapipeline.llm.call.CallEnd.CutStream;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallEnd.Uncertain;
import dev.datapipeline.llm.call.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a call is booked with when it ends.
 *
 * @param spent known for certain
 * @param unsettled may have been billed, nobody knows
 */
public record Bill(Picodollars spent, Picodollars unsettled) {
    public static final Bill NOTHING = new Bill(Picodollars.ZERO, Picodollars.ZERO);

    /** Fewer bytes a token than any text has on average, so that a stream that was cut is not booked too low. */
    private static final int BYTES_PER_TOKEN = 3;

    /** Of a call that had no claim. */
    private static final long MOST_TOKENS = 100_000_000;

    private static final long PLAUSIBLE_FACTOR = 4;
    private static final long PLAUSIBLE_EXTRA = 10_000;

    /** The bill of a try: never lower than what the upstream may bill for it. */
    public static Bill of(PricedCall call, CallEnd end) {
        return switch (end) {
            case Complete complete -> complete(call, complete);
            case CutStream cut -> cut(call, cut);
            case Uncertain uncertain -> unsettled(call.claim().amount());
            case Unbilled unbilled -> NOTHING;
        };
    }

    private static Bill complete(PricedCall call, Complete complete) {
        Usage usage = complete.usage();
        if (usage == null || !isBelievable(usage, call.claim())) {
            return unsettled(call.claim().amount());
        }
        return new Bill(cost(call, usage, complete.servedTier()), Picodollars.ZERO);
    }

    private static Bill cut(PricedCall call, CutStream cut) {
        if (cut.events() == 0 || call.price().hasHiddenOutput()) {
            return unsettled(call.claim().amount());
        }
        long streamed = Math.max(Math.ceilDiv(cut.textBytes(), (long) BYTES_PER_TOKEN), cut.events());
        Usage seen = cut.usage();
        if (seen != null && isBelievable(seen, call.claim())) {
            Usage atLeast = new Usage(
                    seen.prompt(), seen.cached(), seen.cacheWrite(), Math.max(seen.completion(), streamed), 0, true);
            return unsettled(withinClaim(call, atLeast));
        }
        Usage estimate = new Usage(call.claim().inputTokens(), 0, 0, streamed, 0, true);
        return unsettled(withinClaim(call, estimate));
    }

    private static Picodollars cost(PricedCall call, Usage usage, @Nullable String servedTier) {
        return call.price().cost(usage, servedTier == null ? call.serviceTier() : servedTier);
    }

    private static Bill unsettled(Picodollars amount) {
        return new Bill(Picodollars.ZERO, amount);
    }

    private static Picodollars withinClaim(PricedCall call, Usage usage) {
        Picodollars cost = cost(call, usage, null);
        Picodollars claim = call.claim().amount();
        return claim.isZero() || claim.isMoreThan(cost) ? cost : claim;
    }

    /**
     * Whether the numbers can be true. A claim's bounds hold for every tokenizer, but an upstream may add a prompt of its own or ignore a
     * limit of the answer: a little more is believed, and billed in full.
     */
    private static boolean isBelievable(Usage usage, Claim claim) {
        boolean isWhole = usage.isWellFormed()
                && usage.prompt() >= 0
                && usage.cached() >= 0
                && usage.cacheWrite() >= 0
                && usage.completion() >= 0;
        boolean isMeasured = !claim.amount().isZero();
        long mostInput = isMeasured ? plausible(claim.inputTokens()) : MOST_TOKENS;
        long mostOutput = isMeasured ? plausible(claim.outputTokens()) : MOST_TOKENS;
        return isWhole
                && usage.prompt() <= mostInput
                && usage.cached() <= mostInput
                && usage.cacheWrite() <= mostInput
                && usage.completion() <= mostOutput;
    }

    private static long plausible(long bound) {
        return bound * PLAUSIBLE_FACTOR + PLAUSIBLE_EXTRA;
    }

    public Picodollars total() {
        return spent.plus(unsettled);
    }

    public boolean isFinal() {
        return unsettled.isZero();
    }
}
