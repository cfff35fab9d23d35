package dev.datapipeline.llm.gateway;

import dev.datapipeline.llm.gateway.reply.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a call may wait for its turn before its client would give up, and pay for another. */
final class ClientPatience {
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** The rest is for the upstream. */
    private static final double PART_FOR_WAITING = 0.8;

    private ClientPatience() {}

    /** Clients made by Stainless say how long they wait for the first byte, in seconds. */
    static Duration of(HttpHeaders headers) {
        Duration told = seconds(headers.get(Headers.READ_TIMEOUT));
        return Duration.ofMillis((long) (told.toMillis() * PART_FOR_WAITING));
    }

    private static Duration seconds(@Nullable String text) {
        try {
            double seconds = text == null ? 0 : Double.parseDouble(text);
            return seconds > 0 && seconds <= LONGEST.toSeconds() ? Duration.ofMillis((long) (seconds * 1000)) : USUAL;
        } catch (NumberFormatException notSaid) {
            return USUAL;
        }
    }
}
