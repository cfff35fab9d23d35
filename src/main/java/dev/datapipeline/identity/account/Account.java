package dev.datapipeline.identity.account;

import dev.datapipeline.identity.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user.
 *
 * @param active whether the user may sign in and use API keys
 * @param hasPassword whether the user has chosen a password yet
 * @param lastSeenAt latest use of a session or key, exact to a minute
 */
public record Account(
        UUID id,
        String username,
        Role role,
        boolean active,
        boolean hasPassword,
        Instant createdAt,
        @Nullable Instant lastSeenAt) {}
