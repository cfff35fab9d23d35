package dev.datapipeline.llm.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money in units of 10<sup>-12</sup> dollars; reaches to 9.2 million dollars. May be negative, as what is left of an overdrawn
 * budget. Operations that leave the range throw {@link ArithmeticException}.
 */
public record Picodollars(long value) implements Comparable<Picodollars> {
    public static final Picodollars ZERO = new Picodollars(0);

    /** More than any call may cost. */
    public static final Picodollars MAX = new Picodollars(Long.MAX_VALUE);

    private static final int DECIMALS = 12;
    private static final int SHOWN_DECIMALS = 2;

    /**
     * Reads dollars.
     *
     * @throws ArithmeticException for more than twelve decimals or out of range
     */
    public static Picodollars ofDollars(BigDecimal dollars) {
        return new Picodollars(dollars.movePointRight(DECIMALS).longValueExact());
    }

    /**
     * Reads decimal text such as {@code 5.00}.
     *
     * @throws NumberFormatException for what is no decimal number
     * @throws ArithmeticException for more than twelve decimals or out of range
     */
    public static Picodollars ofDollars(String text) {
        return ofDollars(new BigDecimal(text));
    }

    /** The price of one token, from dollars for a million of them; a fraction of a picodollar is rounded up. */
    public static Picodollars perMillion(BigDecimal dollars) {
        return new Picodollars(dollars.movePointRight(DECIMALS - 6)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
    }

    /** What a million tokens cost at this price of one. */
    public Picodollars ofMillion() {
        return times(1_000_000);
    }

    public Picodollars plus(Picodollars other) {
        return new Picodollars(Math.addExact(value, other.value));
    }

    public Picodollars minus(Picodollars other) {
        return new Picodollars(Math.subtractExact(value, other.value));
    }

    public Picodollars times(long count) {
        return new Picodollars(Math.multiplyExact(value, count));
    }

    public Picodollars max(Picodollars other) {
        return value >= other.value ? this : other;
    }

    public boolean isMoreThan(Picodollars other) {
        return value > other.value;
    }

    public boolean isZero() {
        return value == 0;
    }

    /** Dollars as exact decimal text, with two decimals or as many more as it takes. */
    public String text() {
        BigDecimal exact = BigDecimal.valueOf(value, DECIMALS).stripTrailingZeros();
        return exact.setScale(Math.max(SHOWN_DECIMALS, exact.scale())).toPlainString();
    }

    @Override
    public int compareTo(Picodollars other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "$" + text();
    }
}
