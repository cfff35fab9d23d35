package dev.datapipeline.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToleratedFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "0%, 100, 0",
        "10%, 100, 10",
        "10%, 9, 0",
        "100%, 7, 7",
        "33.333333%, 3, 0",
        "0.1%, 1000, 1",
        "050%, 10, 5",
        "12.5%, 9223372036854775807, 1152921504606846975"
    })
    void shareOfAllRecordsIsRoundedDown(String share, long records, long tolerated) {
        assertEquals(tolerated, ToleratedFailures.share(share).orElseThrow().of(records));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "10",
                "101%",
                "100.000001%",
                "-1%",
                "1e1%",
                "10 %",
                " 10%",
                "10%\n",
                "10,5%",
                ".5%",
                "5.%",
                "NaN%",
                "1234%",
                "0.1234567%",
                "١٠%"
            })
    void nothingElseIsAShare(String text) {
        assertTrue(ToleratedFailures.share(text).isEmpty());
    }

    @Test
    void countIsTheSameForAnyRun() {
        assertEquals(3, new ToleratedFailures.Count(3).of(1_000_000));
    }
}
