package dev.datapipeline.environment.index;

import dev.datapipeline.environment.index.project.Projects;
import dev.datapipeline.environment.index.project.PythonTarget;
import dev.datapipeline.environment.index.refusal.RefusalTexts;
import dev.datapipeline.environment.index.serving.WheelAnswers;
import dev.datapipeline.environment.index.serving.WheelDownloads;
import dev.datapipeline.environment.index.upstream.RemoteIndexes;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The indexes of the settings. All resolutions share a few threads for pages and for what is in the store, and the threads of the downloads; all of
 * them start with the first task and end when there is nothing to do.
 */
@Singleton
final class ConfiguredIndexes implements PackageIndexes, AutoCloseable {
    private static final int THREADS = 8;
    private static final Duration THREAD_KEPT = Duration.ofSeconds(10);

    private final RemoteIndexes indexes;
    private final FileWheelStore store;
    private final Clock clock;
    private final ThreadPoolExecutor threads;
    private final WheelDownloads downloads;
    private final WheelAnswers wheels;

    @Inject
    public ConfiguredIndexes(RemoteIndexes indexes, FileWheelStore store) {
        this(indexes, store, Clock.systemUTC());
    }

    ConfiguredIndexes(RemoteIndexes indexes, FileWheelStore store, Clock clock) {
        this.indexes = indexes;
        this.store = store;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                THREAD_KEPT.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("package-index-", 0).daemon().factory());
        this.threads.allowCoreThreadTimeOut(true);
        this.downloads = new WheelDownloads(store, threads);
        this.wheels = new WheelAnswers(store, downloads, threads);
    }

    @Override
    public IndexSession open(DeclaredPackages declared, PythonTarget target) {
        Projects projects = new Projects(indexes, store, target, clock);
        return new ResolutionSession(projects, wheels, new RefusalTexts(declared, target, store::projects), threads);
    }

    @Override
    @PreDestroy
    public void close() {
        downloads.close();
        threads.shutdownNow();
    }
}
