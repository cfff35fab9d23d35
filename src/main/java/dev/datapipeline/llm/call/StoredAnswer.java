package dev.datapipeline.llm.call;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it went down, byte for byte, streams included.
 *
 * @param requestId of the upstream; null where it gave none
 */
public record StoredAnswer(
        int status, String contentType, @Nullable String requestId, byte[] body) {}
