package dev.datapipeline.llm.report;

import dev.datapipeline.llm.journal.RecordCosts.CostSummary;
import dev.datapipeline.llm.money.Picodollars;
import java.util.Optional;

/**
 * Projects the cost of a whole run from its records that are done.
 *
 * <p>The records done are taken as a sample of all: what is left costs the mean of the sample for each record, plus or minus two standard
 * errors of that sum. Calls that belong to no record are spread over all. An estimate, so that floating-point numbers will do; at least
 * what is spent already.
 *
 * @param records of the run
 * @param done records that have their result
 */
record CostProjection(long records, long done) {
    /** Fewer records say nothing of others. */
    private static final int SMALLEST_SAMPLE = 5;

    private static final double STANDARD_ERRORS = 2;

    /**
     * @param sample costs of the records that have made calls, those under way included
     * @param total spent and unsettled of the run
     * @return empty while too few records are done
     */
    Optional<CostRange> of(CostSummary sample, Picodollars total) {
        long size = Math.min(records, Math.max(done, sample.records()));
        if (done < Math.min(SMALLEST_SAMPLE, records) || size < 1) {
            return Optional.empty();
        }
        double mean = (double) total.value() / size;
        double meanOfRecords = sample.sum() / size;
        double variance =
                size < 2 ? 0 : Math.max(0, (sample.sumOfSquares() - size * meanOfRecords * meanOfRecords) / (size - 1));
        double left = records - size;
        double error = STANDARD_ERRORS * Math.sqrt(left * variance + left * left * variance / size);
        return Optional.of(new CostRange(
                plus(total, Math.max(0, left * mean - error)), plus(total, left * mean + error)));
    }

    private static Picodollars plus(Picodollars total, double more) {
        long most = Picodollars.MAX.value() - Math.max(0, total.value());
        return new Picodollars(total.value() + (more >= most ? most : Math.round(more)));
    }
}
