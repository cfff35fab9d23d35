package dev.datapipeline.llm.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.journal.RecordCosts.CostSummary;
import dev.datapipeline.llm.money.Picodollars;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostProjectionTest {
    @Test
    void nothingIsSaidOfTooFewRecords() {
        assertEquals(Optional.empty(), new CostProjection(100, 4).of(equal(4, 10), new Picodollars(40)));
        assertEquals(Optional.empty(), new CostProjection(100, 0).of(equal(0, 0), Picodollars.ZERO));
    }

    @Test
    void recordsOfOneCostAreProjectedExactly() {
        CostRange range = new CostProjection(100, 10)
                .of(equal(10, 7), new Picodollars(70))
                .orElseThrow();

        assertEquals(new CostRange(new Picodollars(700), new Picodollars(700)), range);
    }

    @Test
    void recordsThatMadeNoCallCountToo() {
        CostRange range = new CostProjection(100, 50)
                .of(equal(25, 4), new Picodollars(100))
                .orElseThrow();

        assertTrue(range.low().value() < 200 && 200 < range.high().value(), range.toString());
    }

    @Test
    void rangeIsNarrowerTheMoreIsKnown() {
        CostRange early = new CostProjection(1_000, 10)
                .of(mixed(10), new Picodollars(10 * 150))
                .orElseThrow();
        CostRange late = new CostProjection(1_000, 900)
                .of(mixed(900), new Picodollars(900 * 150))
                .orElseThrow();

        assertTrue(width(late) < width(early) / 10, early + " " + late);
        assertTrue(early.low().value() < 150_000 && 150_000 < early.high().value(), early.toString());
        assertTrue(late.low().value() < 150_000 && 150_000 < late.high().value(), late.toString());
    }

    @Test
    void callsThatBelongToNoRecordAreSpreadOverAll() {
        CostRange range =
                new CostProjection(100, 10).of(equal(0, 0), new Picodollars(50)).orElseThrow();

        assertEquals(new CostRange(new Picodollars(500), new Picodollars(500)), range);
    }

    @Test
    void nothingLessThanWhatIsSpentIsProjected() {
        CostRange range = new CostProjection(10, 9)
                .of(new CostSummary(9, 1_000, 1_000_000), new Picodollars(1_000))
                .orElseThrow();

        assertTrue(range.low().value() >= 1_000, range.toString());
    }

    @Test
    void sumsBeyondTheRangeOfMoneyStopAtItsEnd() {
        Picodollars spent = new Picodollars(Long.MAX_VALUE / 2);

        CostRange range =
                new CostProjection(1_000_000, 5).of(equal(5, 1), spent).orElseThrow();

        assertEquals(Picodollars.MAX, range.high());
    }

    /** Half of the records cost 100, half 200. */
    private static CostSummary mixed(long records) {
        return new CostSummary(records, records * 150, records / 2.0 * (100 * 100 + 200 * 200));
    }

    private static CostSummary equal(long records, long cost) {
        return new CostSummary(records, records * cost, records * cost * cost);
    }

    private static long width(CostRange range) {
        return range.high().value() - range.low().value();
    }
}
