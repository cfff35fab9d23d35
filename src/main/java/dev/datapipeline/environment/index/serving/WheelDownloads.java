package dev.datapipeline.environment.index.serving;

import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.project.Project;
import dev.datapipeline.environment.index.project.SeenFile;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelName;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
import dev.datapipeline.environment.wheel.store.UnpinnedWheel;
import dev.datapipeline.environment.wheel.store.WantedWheel;
import dev.datapipeline.environment.wheel.store.WheelSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fetches wheels into the store for pip. Each is fetched once at a time, however many ask for it, and whoever waits holds no thread. Every index
 * has threads of its own, so that a slow one keeps nobody waiting for another. A download goes on after pip has given it up: the next
 * resolution finds the wheel in the store.
 */
public final class WheelDownloads implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 100;
    private static final long THREAD_KEPT_SECONDS = 10;

    private final FileWheelStore store;
    private final Executor blocking;
    private final FetchedHashes hashes = new FetchedHashes();
    private final ConcurrentMap<String, ThreadPoolExecutor> threads = new ConcurrentHashMap<>();
    private final ConcurrentMap<Wheel, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /** A wheel of one index. Another index that lists the same hash is asked for itself. */
    private record Wheel(String index, String key) {}

    /** @param blocking where the store is read */
    public WheelDownloads(FileWheelStore store, Executor blocking) {
        this.store = store;
        this.blocking = blocking;
    }

    /** The SHA-256 of a file; empty where its index does not state it and it was not fetched yet. */
    Optional<String> sha256(Project project, IndexFile file) {
        return hashes.of(project.index().orElse(""), file);
    }

    /** The wheel, once it is in the store. Reads a folder, so it blocks shortly. */
    CompletableFuture<StoredWheel> fetch(Project project, SeenFile seen) {
        try {
            Optional<String> sha256 = sha256(project, seen.file());
            Optional<StoredWheel> here = sha256.isPresent() ? store.open(sha256.get()) : Optional.empty();
            return here.isPresent()
                    ? CompletableFuture.completedFuture(here.get())
                    : underWay(project, seen).thenComposeAsync(done -> fetch(project, seen), blocking);
        } catch (IOException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private CompletableFuture<Void> underWay(Project project, SeenFile seen) {
        Wheel wheel = new Wheel(project.index().orElse(""), seen.file().key());
        CompletableFuture<Void> own = new CompletableFuture<>();
        CompletableFuture<Void> other = underWay.putIfAbsent(wheel, own);
        if (other != null) {
            return other;
        }
        try {
            threads.computeIfAbsent(wheel.index(), WheelDownloads::threadsOf)
                    .execute(() -> download(project, seen, wheel, own));
        } catch (RejectedExecutionException full) {
            underWay.remove(wheel);
            own.completeExceptionally(new IndexUnreachableException(
                    wheel.index(),
                    "More than " + MOST_WAITING + " files of the package index \"" + wheel.index()
                            + "\" wait to be fetched."));
        }
        return own;
    }

    private void download(Project project, SeenFile seen, Wheel wheel, CompletableFuture<Void> own) {
        IndexFile file = seen.file();
        WheelSource.Download source = target -> {
            if (project.remote().isEmpty()) {
                throw new WheelRefusedException(
                        WheelRefusedException.Reason.WHEEL_GONE,
                        file.filename() + " is not among the uploads any more.");
            }
            project.remote().get().download(file.url(), target);
        };
        try {
            try (StoredWheel fetched = fetch(wheel.index(), file, seen.wheel().orElseThrow(), source)) {
                hashes.fetched(wheel.index(), file, fetched);
            }
            underWay.remove(wheel);
            own.complete(null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end(wheel, own, interrupted);
        } catch (IndexUnreachableException | WheelRefusedException | IOException | RuntimeException failure) {
            end(wheel, own, failure);
        }
    }

    private StoredWheel fetch(String index, IndexFile file, WheelName name, WheelSource.Download source)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        Optional<String> sha256 = file.sha256();
        return sha256.isPresent()
                ? store.fetch(new WantedWheel(sha256.get(), file.filename(), index, file.size()), name, source)
                : store.fetch(new UnpinnedWheel(file.hash(), file.size()), name, source);
    }

    private void end(Wheel wheel, CompletableFuture<Void> own, Exception failure) {
        underWay.remove(wheel);
        own.completeExceptionally(failure);
    }

    private static ThreadPoolExecutor threadsOf(String index) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                THREAD_KEPT_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("wheels-of-" + index + "-", 0).daemon().factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public void close() {
        threads.values().forEach(ThreadPoolExecutor::shutdownNow);
    }
}
