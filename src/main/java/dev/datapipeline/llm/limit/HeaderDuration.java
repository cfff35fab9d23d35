package dev.datapipeline.llm.limit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as upstreams write them: {@code 20}, {@code 0.5}, {@code 76ms}, {@code 6m0s}, {@code 1h2m3.5s}, a date. Zero for anything else. */
final class HeaderDuration {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern PARTS = Pattern.compile(
            "(?:(\\d{1,4})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)ms)?");

    private HeaderDuration() {}

    static Duration milliseconds(@Nullable String text) {
        return text != null && SECONDS.matcher(text.strip()).matches()
                ? ofSeconds(Double.parseDouble(text.strip()) / 1000)
                : Duration.ZERO;
    }

    static Duration of(@Nullable String text, Instant now) {
        if (text == null || text.isBlank()) {
            return Duration.ZERO;
        }
        String value = text.strip();
        if (SECONDS.matcher(value).matches()) {
            return ofSeconds(Double.parseDouble(value));
        }
        Matcher parts = PARTS.matcher(value);
        return parts.matches() ? ofParts(parts) : until(value, now);
    }

    private static Duration ofParts(Matcher parts) {
        double seconds = number(parts.group(1)) * 86_400
                + number(parts.group(2)) * 3_600
                + number(parts.group(3)) * 60
                + number(parts.group(4))
                + number(parts.group(5)) / 1000;
        return ofSeconds(seconds);
    }

    private static double number(@Nullable String text) {
        return text == null ? 0 : Double.parseDouble(text);
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000));
    }

    private static Duration until(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException unreadable) {
            return Duration.ZERO;
        }
    }
}
