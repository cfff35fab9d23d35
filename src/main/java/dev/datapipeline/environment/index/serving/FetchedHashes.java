package dev.datapipeline.environment.index.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import java.time.Duration;
import java.util.Optional;

/** The SHA-256 of files whose indexes do not state it, as they were when they were fetched. Kept longer than a resolution takes. Thread-safe. */
final class FetchedHashes {
    private static final Duration KEPT = Duration.ofMinutes(30);
    private static final long MOST = 20_000;

    private final Cache<Listed, String> hashes = Caffeine.newBuilder()
            .expireAfterAccess(KEPT)
            .maximumSize(MOST)
            .executor(Runnable::run)
            .build();

    /** A file as one index lists it. */
    private record Listed(String index, IndexFile file) {}

    /** What the index states, else what was fetched; empty where that has not been yet. */
    Optional<String> of(String index, IndexFile file) {
        return file.sha256().or(() -> Optional.ofNullable(hashes.getIfPresent(new Listed(index, file))));
    }

    void fetched(String index, IndexFile file, StoredWheel wheel) {
        if (file.sha256().isEmpty()) {
            hashes.put(new Listed(index, file), wheel.sha256());
        }
    }
}
