package dev.datapipeline.dataset.ingest.workbook;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** Days and times as workbooks count them: in days since the end of 1899, or since the beginning of 1904. */
final class ExcelDate {
    private static final LocalDate BEFORE_1900 = LocalDate.of(1899, 12, 30);
    private static final LocalDate BEFORE_1904 = LocalDate.of(1904, 1, 1);
    private static final double AFTER_LAST = 2_958_466;
    /** Excel counts a 29 February 1900, which there was not. */
    private static final int FALSE_LEAP_DAY = 60;

    private static final long MILLIS_OF_DAY = 86_400_000;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 3, true)
            .toFormatter();

    private ExcelDate() {}

    /** As in ISO 8601, to the millisecond; null for a number that is no day or time. */
    static @Nullable String text(double days, CellFormats.Shown shown, boolean is1904) {
        if (!(days >= 0 && days < AFTER_LAST)) {
            return null;
        }
        long millis = Math.round(days * MILLIS_OF_DAY);
        long day = millis / MILLIS_OF_DAY;
        LocalTime time = LocalTime.ofNanoOfDay(millis % MILLIS_OF_DAY * 1_000_000);
        if (shown == CellFormats.Shown.TIME && day == 0) {
            return TIME.format(time);
        }
        LocalDate date = date(day, is1904);
        if (date == null) {
            return null;
        }
        boolean isMidnight = time.equals(LocalTime.MIDNIGHT);
        return shown == CellFormats.Shown.DAY && isMidnight
                ? date.toString()
                : date + "T" + TIME.format(LocalDateTime.of(date, time));
    }

    private static @Nullable LocalDate date(long day, boolean is1904) {
        if (is1904) {
            return BEFORE_1904.plusDays(day);
        }
        if (day == 0 || day == FALSE_LEAP_DAY) {
            return null;
        }
        return BEFORE_1900.plusDays(day < FALSE_LEAP_DAY ? day + 1 : day);
    }
}
