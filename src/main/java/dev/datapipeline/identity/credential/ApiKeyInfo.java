package dev.datapipeline.identity.credential;

import dev.datapipeline.identity.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret.
 *
 * @param project the name of its project
 * @param role in that project
 */
public record ApiKeyInfo(
        String id,
        String name,
        String project,
        Role role,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
