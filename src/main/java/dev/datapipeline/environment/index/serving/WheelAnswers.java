package dev.datapipeline.environment.index.serving;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.page.IndexFile.SeparateMetadata;
import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.SeenFile;
import dev.datapipeline.environment.index.project.ServedWheel;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelArchive;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
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

    /** A file that was offered, with what only the store knows of it; empty where its hash is not known, so that pip cannot have it. */
    public Optional<ServedWheel> served(Project project, IndexFile file) {
        return downloads
                .sha256(project, file)
                .map(sha256 -> ServedWheel.of(project, file, sha256, store.sizeOf(sha256)));
    }

    Executor blocking() {
        return blocking;
    }

    CompletableFuture<StoredWheel> wheel(Project project, SeenFile seen) {
        return downloads.fetch(project, seen);
    }

    /**
     * Of the index where it serves metadata apart, else out of the wheel itself, which is needed soon anyway, and whose metadata alone is right
     * where the index does not state its hash. Names are spelt in their one form.
     */
    CompletableFuture<byte[]> metadata(Project project, SeenFile seen) {
        if (seen.file().sha256().isEmpty()) {
            return wheel(project, seen)
                    .thenApplyAsync(wheel -> MetadataNames.normalised(ofWheel(wheel, seen)), blocking);
        }
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
        SeparateMetadata stated = file.metadata();
        boolean isWheelHere = file.sha256().filter(store::has).isPresent();
        if (stated == null || isWheelHere || project.remote().isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> fetched = project.remote().get().metadata(file.url());
            FileHash hash = stated.hash();
            if (fetched.isPresent() && hash != null && !hash.isOf(fetched.get())) {
                throw new CompletionException(new WheelRefusedException(
                        WheelRefusedException.Reason.HASH_MISMATCH,
                        "The metadata of " + file.filename() + " does not have the " + hash.algorithm() + " hash "
                                + hash.digits() + " that its index states."));
            }
            return fetched;
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
