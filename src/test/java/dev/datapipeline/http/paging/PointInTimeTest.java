package dev.datapipeline.http.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-30, 2026-11-30T00:00:00Z",
        "2026-11-30T10:15:00Z, 2026-11-30T10:15:00Z",
        "2026-11-30T10:15:00.5+02:00, 2026-11-30T08:15:00.5Z"
    })
    void dayBeginsAtMidnightUtcAndATimeHasItsZone(String text, Instant expected) {
        assertEquals(expected, PointInTime.fromString(text).instant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "30.11.2026", "2026-13-01", "2026-02-30", "2026-11-30T10:15:00", "1234567890", "today"})
    void whatIsNoTimeIsRejected(String text) {
        assertThrows(IllegalArgumentException.class, () -> PointInTime.fromString(text));
    }

    @Test
    void timesThatADatabaseCannotHoldAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> PointInTime.fromString("-999999999-01-01T00:00:00Z"));
        assertThrows(IllegalArgumentException.class, () -> PointInTime.fromString("+999999999-12-31T00:00:00Z"));
        assertThrows(IllegalArgumentException.class, () -> PointInTime.fromString("0001-01-01"));
    }
}
