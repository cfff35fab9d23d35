package dev.datapipeline.outbound;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A whole request. Whose it is says the relay: book-keeping, not security, since a script can say what it likes.
 *
 * @param record index of the record, -1 where nobody knows
 * @param batch the record belongs to, where that is known or not; null while the sandbox works on none
 * @param stage ordinal of the stage, -1 where nobody knows
 * @param target path and query as they were sent
 * @param body decoded from chunks; not to be changed
 */
public record OutboundRequest(
        long record,
        @Nullable RecordSet batch,
        int stage,
        String method,
        String target,
        HttpHeaders headers,
        byte[] body) {}
