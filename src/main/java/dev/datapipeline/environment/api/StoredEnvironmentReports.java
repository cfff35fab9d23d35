package dev.datapipeline.environment.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentRepository;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads environments for runs; those that are not being built are read seldom, since every answer about a run asks for one. */
@Singleton
final class StoredEnvironmentReports implements EnvironmentReports {
    private static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final int MAX_ENVIRONMENTS = 200;

    private final EnvironmentRepository repository;
    private final Cache<UUID, Environment> settled = Caffeine.newBuilder()
            .expireAfterWrite(MAX_AGE)
            .maximumSize(MAX_ENVIRONMENTS)
            .build();

    StoredEnvironmentReports(EnvironmentRepository repository) {
        this.repository = repository;
    }

    @Override
    public @Nullable RunEnvironmentResponse of(@Nullable UUID environment, Instant submitted) {
        if (environment == null) {
            return null;
        }
        Environment found = find(environment);
        return found == null ? null : RunEnvironmentResponse.of(found, submitted);
    }

    private @Nullable Environment find(UUID id) {
        Environment known = settled.getIfPresent(id);
        if (known != null) {
            return known;
        }
        Environment read = repository.find(id).orElse(null);
        if (read != null && !read.status().isOpen()) {
            settled.put(id, read);
        }
        return read;
    }
}
