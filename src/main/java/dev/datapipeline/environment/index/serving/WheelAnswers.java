package dev.datapipeline.environment.index.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.SeenFile;
import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelArchive;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
import dev.datapipeline.environment.wheel.store.StoredWheel;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Wheels and their metadata for pip: out of the store, which gets what it does not have. What comes back may fail with what reading and fetching
 * throw, as the cause of a CompletionException.
 */
public final class WheelAnswers {
    private static final Duration METADATA_KEPT = Duration.ofMinutes(30);
    private static final long METADATA_BYTES = 16L * 1024 * 1024;
    private static final int BYTES_OF_KEY = 1000;

    private final FileWheelStore store;
    private final WheelDownloads downloads;
    private final Executor blocking;
    private final Cache<Listed, byte[]> metadata = Caffeine.newBuilder()
            .expireAfterAccess(METADATA_KEPT)
            .maximumWeight(METADATA_BYTES)
            .<Listed, byte[]>weigher((listed, bytes) -> BYTES_OF_KEY + bytes.length)
            .executor(Runnable::run)
            .build();

    /** A file as one index lists it. Another index may list the same hash and serve other metadata with it. */
    private record Listed(String index, IndexFile file) {}

    /** @param blocking where these methods may be called */
    public WheelAnswers(FileWheelStore store, WheelDownloads downloads, Executor blocking) {
        this.store = store;
        this.downloads = downloads;
        this.blocking = blocking;
    }

    /** The same with its size where only the store knows that, since pages in HTML do not say it. */
    public ServedWheel withSize(ServedWheel wheel) {
        return wheel.size() >= 0
                ? wheel
                : new ServedWheel(
                        wheel.filename(),
                        wheel.index(),
                        wheel.sha256(),
                        store.sizeOf(wheel.sha256()),
                        wheel.url(),
                        wheel.yanked());
    }

    Executor blocking() {
        return blocking;
    }

    CompletableFuture<StoredWheel> wheel(Project project, SeenFile seen) {
        return downloads.fetch(project, seen);
    }

    /** Of the index where it serves metadata apart, else out of the wheel itself, which is needed soon anyway. Names are spelt in their one form. */
    CompletableFuture<byte[]> metadata(Project project, SeenFile seen) {
        Listed listed = new Listed(project.index().orElse(""), seen.file());
        byte[] known = metadata.getIfPresent(listed);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        Optional<byte[]> apart = apart(project, seen);
        CompletableFuture<byte[]> read = apart.isPresent()
                ? CompletableFuture.completedFuture(apart.get())
                : wheel(project, seen).thenApplyAsync(wheel -> ofWheel(wheel, seen), blocking);
        return read.thenApply(bytes -> {
            byte[] normalised = MetadataNames.normalised(bytes);
            metadata.put(listed, normalised);
            return normalised;
        });
    }

    private Optional<byte[]> apart(Project project, SeenFile seen) {
        IndexFile file = seen.file();
        boolean isApart = file.hasMetadata() && !store.has(String.valueOf(file.sha256()));
        if (!isApart || project.remote().isEmpty()) {
            return Optional.empty();
        }
        try {
            return project.remote().get().metadata(file.url());
        } catch (IndexUnreachableException failure) {
            throw new CompletionException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        }
    }

    /** By the name under which it is listed: the store may have the same bytes under the name that another index gives them. */
    private static byte[] ofWheel(StoredWheel wheel, SeenFile seen) {
        try (wheel) {
            return WheelArchive.metadata(wheel.path(), seen.wheel().orElseThrow());
        } catch (WheelRefusedException | IOException failure) {
            throw new CompletionException(failure);
        }
    }
}
