package dev.datapipeline.llm.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicodollarsTest {
    @ParameterizedTest
    @CsvSource({
        "5, 5000000000000, 5.00",
        "5.00, 5000000000000, 5.00",
        "0.1, 100000000000, 0.10",
        "0.000000000001, 1, 0.000000000001",
        "0.0000750, 75000000, 0.000075",
        "-1.5, -1500000000000, -1.50",
        "0, 0, 0.00",
        "1e2, 100000000000000, 100.00",
        "9223372.036854775807, 9223372036854775807, 9223372.036854775807",
    })
    void decimalTextIsReadAndWrittenExactly(String text, long value, String written) {
        Picodollars amount = Picodollars.ofDollars(text);

        assertEquals(value, amount.value());
        assertEquals(written, amount.text());
        assertEquals(amount, Picodollars.ofDollars(amount.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000000000001", "9223372.036854775808", "1e30"})
    void amountsThatDoNotFitAreRefused(String text) {
        assertThrows(ArithmeticException.class, () -> Picodollars.ofDollars(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "five", "1,00", "NaN", "0x10"})
    void whatIsNoNumberIsRefused(String text) {
        assertThrows(NumberFormatException.class, () -> Picodollars.ofDollars(text));
    }

    @Test
    void priceOfOneTokenComesFromThatOfAMillion() {
        assertEquals(75_000, Picodollars.perMillion(new BigDecimal("0.075")).value());
    }

    @Test
    void fractionOfAPicodollarIsRoundedUp() {
        assertEquals(1, Picodollars.perMillion(new BigDecimal("0.0000001")).value());
    }

    @Test
    void overflowIsNeverSilent() {
        assertThrows(ArithmeticException.class, () -> Picodollars.MAX.plus(new Picodollars(1)));
        assertThrows(ArithmeticException.class, () -> Picodollars.MAX.times(2));
        assertThrows(ArithmeticException.class, () -> new Picodollars(Long.MIN_VALUE).minus(new Picodollars(1)));
    }

    @Test
    void tenthsAddUp() {
        Picodollars sum = Picodollars.ZERO;
        for (int i = 0; i < 10; i++) {
            sum = sum.plus(Picodollars.ofDollars("0.1"));
        }

        assertEquals("1.00", sum.text());
    }
}
