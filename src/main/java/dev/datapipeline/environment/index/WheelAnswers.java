package dev.datapipeline.environment.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.index.upstream.IndexFile;
import dev.datapipeline.environment.wheel.FileWheelStore;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.StoredWheel;
import dev.datapipeline.environment.wheel.WheelArchive;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.WheelSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Wheels and their metadata for pip: out of the store, which fetches what it does not have. Its methods block but for {@link #blocking}. */
final class WheelAnswers {
    private static final Duration METADATA_KEPT = Duration.ofMinutes(30);
    private static final long METADATA_BYTES = 16L * 1024 * 1024;

    private final FileWheelStore store;
    private final Executor blocking;
    private final Cache<String, byte[]> metadata = Caffeine.newBuilder()
            .expireAfterAccess(METADATA_KEPT)
            .maximumWeight(METADATA_BYTES)
            .<String, byte[]>weigher((sha256, bytes) -> bytes.length)
            .executor(Runnable::run)
            .build();

    /** @param blocking where these methods may be called */
    WheelAnswers(FileWheelStore store, Executor blocking) {
        this.store = store;
        this.blocking = blocking;
    }

    /** The same with its size where only the store knows that, since pages in HTML do not say it. */
    ServedWheel withSize(ServedWheel wheel) {
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

    StoredWheel wheel(Project project, SeenFile seen)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        IndexFile file = seen.file();
        WheelSource.Download download = target -> {
            if (project.remote().isEmpty()) {
                throw new WheelRefusedException(
                        WheelRefusedException.Reason.WHEEL_GONE,
                        file.filename() + " is not among the uploads any more.");
            }
            project.remote().get().download(file.url(), target);
        };
        return store.fetch(String.valueOf(file.sha256()), seen.wheel().orElseThrow(), file.size(), download);
    }

    /** Of the index where it serves metadata apart, else out of the wheel itself, which is needed soon anyway. Names are spelt in their one form. */
    byte[] metadata(Project project, SeenFile seen)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        String sha256 = String.valueOf(seen.file().sha256());
        byte[] known = metadata.getIfPresent(sha256);
        if (known != null) {
            return known;
        }
        byte[] read = MetadataNames.normalised(read(project, seen, sha256));
        metadata.put(sha256, read);
        return read;
    }

    private byte[] read(Project project, SeenFile seen, String sha256)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        if (seen.file().hasMetadata() && project.remote().isPresent() && !store.has(sha256)) {
            Optional<byte[]> apart = project.remote().get().metadata(seen.file().url());
            if (apart.isPresent()) {
                return apart.get();
            }
        }
        try (StoredWheel wheel = wheel(project, seen)) {
            return WheelArchive.metadata(wheel.path(), wheel.name());
        }
    }
}
