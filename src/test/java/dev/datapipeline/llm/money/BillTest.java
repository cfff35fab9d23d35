package dev.datapipeline.llm.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.llm.call.CallEnd.Complete;
import dev.datapipeline.llm.call.CallEnd.CutStream;
import dev.datapipeline.llm.call.CallEnd.Unbilled;
import dev.datapipeline.llm.call.CallEnd.Uncertain;
import dev.datapipeline.llm.call.InputBound;
import dev.datapipeline.llm.call.Usage;
import dev.datapipeline.llm.money.ModelPrice.LongContext;
import dev.datapipeline.llm.money.ModelPrice.ModelLimits;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In whole picodollars a token: input 1000, cached 100, written 1250, output 4000; twice as much above 10,000 tokens and with priority. */
class BillTest {
    private static final TokenRates STANDARD = rates(1000, 100, 1250, 4000);
    private static final TokenRates DOUBLE = rates(2000, 200, 2500, 8000);
    private static final ModelPrice PRICE = new ModelPrice(
            "2026-01-01",
            STANDARD,
            new LongContext(10_000, DOUBLE),
            Map.of("priority", DOUBLE, "flex", rates(500, 50, 625, 2000)),
            new ModelLimits(OptionalLong.of(16_000), OptionalLong.of(1_445)),
            false);

    private static TokenRates rates(long input, long cached, long write, long output) {
        return new TokenRates(
                new Picodollars(input), new Picodollars(cached), new Picodollars(write), new Picodollars(output));
    }

    private static InputBound input(long tokens) {
        return new InputBound(tokens, 0, true);
    }

    private static PricedCall call(long input, long output, String tier) {
        return new PricedCall(PRICE, Objects.requireNonNull(PRICE.claim(input(input), output, tier)), tier);
    }

    private static Complete complete(long prompt, long cached, long written, long completion) {
        return new Complete(200, new Usage(prompt, cached, written, completion, 0, true), null, null, null);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 50, default, 325000",
        "100, 50, flex, 325000",
        "100, 50, priority, 650000",
        "100, 50, auto, 650000",
        "100, 50, '', 650000",
        "10001, 0, default, 25002500",
        "10000, 0, default, 12500000",
        "100, -1, default, 64125000",
    })
    void claimPaysForTheDearestThatCanHappen(long input, long output, String tier, long amount) {
        assertEquals(
                amount,
                Objects.requireNonNull(PRICE.claim(input(input), output, tier))
                        .amount()
                        .value());
    }

    @Test
    void imagesAreClaimedAtTheirLargest() {
        Claim claim = Objects.requireNonNull(PRICE.claim(new InputBound(10, 2, true), 0, "default"));

        assertEquals(2_900, claim.inputTokens());
    }

    @Test
    void whatHasNoBoundHasNoClaim() {
        ModelPrice unlimited = TokenPrices.ofSettings(
                BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, OptionalLong.empty());

        assertNull(PRICE.claim(new InputBound(10, 0, false), 10, "default"));
        assertNull(PRICE.claim(input(10), Long.MAX_VALUE, "default"));
        assertNull(PRICE.claim(input(Long.MAX_VALUE), 10, "default"));
        assertNull(unlimited.claim(input(10), -1, "default"));
        assertNull(unlimited.claim(new InputBound(10, 1, true), 10, "default"));
    }

    @Test
    void freeModelNeedsNoBound() {
        Claim claim = Objects.requireNonNull(ModelPrice.free().claim(new InputBound(10, 1, false), -1, ""));

        assertTrue(claim.amount().isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 0, 50, 300000",
        "100, 40, 0, 50, 264000",
        "100, 40, 20, 50, 269000",
        "100, 100, 0, 0, 10000",
        // Some upstreams report cached tokens beside the prompt: the rest is not below zero.
        "10, 40, 0, 0, 4000",
        "0, 0, 0, 0, 0",
    })
    void usageIsBilledByKindOfToken(long prompt, long cached, long written, long completion, long cost) {
        Bill bill = Bill.of(call(200, 100, "default"), complete(prompt, cached, written, completion));

        assertEquals(new Bill(new Picodollars(cost), Picodollars.ZERO), bill);
    }

    @Test
    void tierThatServedIsBilledAndNotTheOneAskedFor() {
        Usage usage = new Usage(100, 0, 0, 50, 0, true);

        Bill downgraded = Bill.of(call(100, 50, "priority"), new Complete(200, usage, null, "default", null));
        Bill silent = Bill.of(call(100, 50, "priority"), new Complete(200, usage, null, null, null));

        assertEquals(300_000, downgraded.spent().value());
        assertEquals(600_000, silent.spent().value());
    }

    @Test
    void longContextChangesThePriceOfAllTokens() {
        Bill bill = Bill.of(call(20_000, 10, "default"), complete(10_001, 0, 0, 10));

        assertEquals(20_082_000, bill.spent().value());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0, true",
        "1, -1, 0, 0, true",
        "1, 0, -1, 0, true",
        "1, 0, 0, -1, true",
        "1, 0, 0, 1, false",
        "9223372036854775807, 0, 0, 0, true",
        "1, 9223372036854775807, 9223372036854775807, 0, true",
        "1, 0, 0, 1000000000, true",
    })
    void absurdUsageLeavesTheWholeClaimUnsettled(long prompt, long cached, long written, long output, boolean whole) {
        PricedCall call = call(100, 50, "default");
        Usage usage = new Usage(prompt, cached, written, output, 0, whole);

        Bill bill = Bill.of(call, new Complete(200, usage, null, null, null));

        assertEquals(new Bill(Picodollars.ZERO, call.claim().amount()), bill);
    }

    @Test
    void missingUsageLeavesTheWholeClaimUnsettled() {
        PricedCall call = call(100, 50, "default");

        assertEquals(
                call.claim().amount(),
                Bill.of(call, new Complete(200, null, null, null, null)).unsettled());
        assertEquals(
                call.claim().amount(),
                Bill.of(call, new Uncertain(502, "reset")).unsettled());
    }

    @Test
    void callThatHadNoClaimIsBilledByItsUsageUnlessThatIsAbsurd() {
        PricedCall unbounded = new PricedCall(PRICE, new Claim(Picodollars.ZERO, 0, 0), "default");

        assertEquals(
                300_000, Bill.of(unbounded, complete(100, 0, 0, 50)).spent().value());
        assertEquals(Bill.NOTHING, Bill.of(unbounded, complete(Long.MAX_VALUE, 0, 0, 50)));
        assertEquals(
                40_000,
                Bill.of(unbounded, new CutStream(null, 30, 1, true)).unsettled().value());
    }

    @Test
    void limitThatTheUpstreamIgnoresIsBilledInFull() {
        PricedCall call = call(100, 50, "default");

        Bill bill = Bill.of(call, complete(100, 0, 0, 200));

        assertEquals(900_000, bill.spent().value());
        assertTrue(bill.spent().isMoreThan(call.claim().amount()));
    }

    @Test
    void whatNobodyBillsIsReleased() {
        CallEnd rejected = new Unbilled(Unbilled.Cause.REJECTED, 400, "no such parameter");

        assertEquals(Bill.NOTHING, Bill.of(call(100, 50, "default"), rejected));
    }

    @ParameterizedTest
    @CsvSource({
        // Bytes, events, tokens that are booked for them.
        "300, 10, 100",
        "301, 10, 101",
        "10, 20, 20",
    })
    void cutStreamIsBookedByWhatHasArrived(long bytes, long events, long tokens) {
        Bill bill = Bill.of(call(100, 500, "default"), new CutStream(null, bytes, events, true));

        assertEquals(Picodollars.ZERO, bill.spent());
        assertEquals(100 * 1000 + tokens * 4000, bill.unsettled().value());
    }

    @Test
    void cutStreamThatMayHideTokensKeepsItsClaim() {
        PricedCall call = call(100, 50, "default");
        ModelPrice thinking = new ModelPrice(
                "v", STANDARD, null, Map.of(), new ModelLimits(OptionalLong.of(9), OptionalLong.empty()), true);

        assertEquals(
                call.claim().amount(),
                Bill.of(call, new CutStream(null, 0, 0, true)).unsettled());
        assertEquals(
                call.claim().amount(),
                Bill.of(new PricedCall(thinking, call.claim(), ""), new CutStream(null, 9, 3, false))
                        .unsettled());
    }

    @Test
    void noBelievableUsageWithinTheBoundsExceedsItsClaim() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long input = 1 + random.nextInt(20_000);
            long output = random.nextInt(1_000);
            String tier = new String[] {"", "auto", "default", "priority", "flex"}[random.nextInt(5)];
            long prompt = random.nextLong(input + 1);
            long cached = random.nextLong(prompt + 1);
            Usage usage = new Usage(
                    prompt, cached, random.nextLong(prompt - cached + 1), random.nextLong(output + 1), 0, true);
            PricedCall call = call(input, output, tier);

            Bill bill = Bill.of(call, new Complete(200, usage, null, null, null));

            assertTrue(bill.isFinal());
            assertTrue(!bill.spent().isMoreThan(call.claim().amount()), usage + " at " + tier);
        }
    }
}
