package dev.datapipeline.llm.call;

import java.time.Duration;

/**
 * What the ledger has to know of a call.
 *
 * @param stage ordinal of the stage in the pipeline, from 0, or -1 where nobody knows
 * @param endpoint for example {@code chat/completions}
 * @param model as the request names it
 * @param fingerprint SHA-256 (hex) of upstream, endpoint, query and canonical body: equal exactly for requests that ask for the same
 * @param bytes of the request's body
 * @param input how many tokens the request can be at most
 * @param outputTokens how many tokens all answers together can have at most ({@code n} times the bound); -1 where the request sets no
 *     bound, so that the model's limit counts
 * @param serviceTier as the request asks for it, such as {@code priority} or {@code auto}; empty where it does not
 * @param isStream whether the answer comes as a stream of events
 * @param longestWait after which the client would give up; the ledger refuses with {@link Refusal#RATE_LIMITED} rather than wait longer
 */
public record CallRequest(
        CallScope scope,
        Caller caller,
        int stage,
        Endpoint endpoint,
        String model,
        String fingerprint,
        long bytes,
        InputBound input,
        long outputTokens,
        String serviceTier,
        boolean isStream,
        Duration longestWait) {}
