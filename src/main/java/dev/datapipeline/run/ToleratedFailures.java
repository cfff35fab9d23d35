package dev.datapipeline.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many records of a run may fail: a count, or a share of all. */
public sealed interface ToleratedFailures {
    /** The count for a run of that many records. */
    long of(long records);

    record Count(long count) implements ToleratedFailures {
        @Override
        public long of(long records) {
            return count;
        }
    }

    /**
     * A share of all records.
     *
     * @param percent from 0 to 100
     */
    record Share(BigDecimal percent) implements ToleratedFailures {
        @Override
        public long of(long records) {
            return percent.multiply(BigDecimal.valueOf(records))
                    .divide(BigDecimal.valueOf(100), 0, RoundingMode.FLOOR)
                    .longValueExact();
        }
    }

    Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

    static Optional<ToleratedFailures> share(String text) {
        var matcher = PERCENT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal percent = new BigDecimal(matcher.group(1));
        return percent.compareTo(BigDecimal.valueOf(100)) > 0 ? Optional.empty() : Optional.of(new Share(percent));
    }
}
