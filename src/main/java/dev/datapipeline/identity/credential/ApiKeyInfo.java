package dev.datapipeline.identity.credential;

import dev.datapipeline.identity.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An API key without its secret. */
public record ApiKeyInfo(
        String id,
        String name,
        Role role,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
