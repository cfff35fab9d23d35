package dev.datapipeline.llm.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say of rate limits. Headers that are missing, or that nobody can read, say nothing.
 *
 * @param retryAfter the longest pause that is asked for; zero where none is
 */
public record RateHeaders(Quota requests, Quota tokens, Duration retryAfter) {
    private static final Pattern WHOLE = Pattern.compile("\\d{1,15}");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(120);
    private static final double MINUTE = 60;

    /** Nothing is known. */
    public static final RateHeaders NONE = new RateHeaders(Quota.UNKNOWN, Quota.UNKNOWN, Duration.ZERO);

    /**
     * A limit as it is announced.
     *
     * @param limit of the upstream's own period
     * @param reset time until all of it is there again; zero where nothing is said
     */
    public record Quota(OptionalDouble limit, OptionalDouble remaining, Duration reset) {
        static final Quota UNKNOWN = new Quota(OptionalDouble.empty(), OptionalDouble.empty(), Duration.ZERO);

        /** The limit for a minute. Some periods are days: then the time that what is missing takes to come back tells. */
        OptionalDouble perMinute() {
            if (limit.isEmpty() || limit.getAsDouble() <= 0) {
                return OptionalDouble.empty();
            }
            double all = limit.getAsDouble();
            double missing = all - remaining.orElse(0);
            if (seconds(reset) <= 1.5 * MINUTE || missing <= 0) {
                return OptionalDouble.of(all);
            }
            return OptionalDouble.of(missing / seconds(reset) * MINUTE);
        }

        private boolean isUsedUp() {
            return remaining.orElse(0) <= 0;
        }
    }

    /** @param headers with names in lower case */
    public static RateHeaders of(Map<String, String> headers, Instant now) {
        Quota requests = quota(headers, "requests", now);
        Quota tokens = quota(headers, "tokens", now);
        Duration longest = Stream.of(
                        HeaderDuration.milliseconds(headers.get("retry-after-ms")),
                        HeaderDuration.of(headers.get("retry-after"), now),
                        requests.isUsedUp() ? requests.reset() : Duration.ZERO,
                        tokens.isUsedUp() ? tokens.reset() : Duration.ZERO)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new RateHeaders(requests, tokens, longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest);
    }

    private static Quota quota(Map<String, String> headers, String kind, Instant now) {
        return new Quota(
                number(headers.get("x-ratelimit-limit-" + kind)),
                number(headers.get("x-ratelimit-remaining-" + kind)),
                HeaderDuration.of(headers.get("x-ratelimit-reset-" + kind), now));
    }

    private static OptionalDouble number(@Nullable String text) {
        if (text == null || !WHOLE.matcher(text.strip()).matches()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(text.strip()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
