package dev.datapipeline.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param account null where the service has no users
 * @param key id of the API key of the request; null without one
 * @param address of the client
 */
public record AuditActor(
        @Nullable UUID account, String username, @Nullable String key, String address) {
    private static final String LOCAL = "local";

    /** Whoever can send requests, where the service has no users. */
    public static AuditActor local(String address) {
        return new AuditActor(null, LOCAL, null, address);
    }
}
