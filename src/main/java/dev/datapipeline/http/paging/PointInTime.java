package dev.datapipeline.http.paging;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A time in a query: with a zone, or a day, which begins at midnight UTC. */
@Schema(implementation = String.class, examples = "2026-11-30T08:00:00Z")
public record PointInTime(Instant instant) {
    private static final int DAY = "2026-11-30".length();
    /** Times that the database can store and a person may mean. */
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** @throws IllegalArgumentException for what is no time between the years 1970 and 9999 */
    public static PointInTime fromString(String text) {
        Instant instant = read(text);
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException("not a time");
        }
        return new PointInTime(instant);
    }

    private static Instant read(String text) {
        try {
            return text.length() == DAY
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException invalid) {
            throw new IllegalArgumentException("not a time", invalid);
        }
    }
}
