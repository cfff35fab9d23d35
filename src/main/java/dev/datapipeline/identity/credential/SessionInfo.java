package dev.datapipeline.identity.credential;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session, as its owner sees it. */
public record SessionInfo(
        UUID id,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable String address,
        @Nullable String browser) {}
