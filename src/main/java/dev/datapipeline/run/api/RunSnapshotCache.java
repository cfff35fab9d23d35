package dev.datapipeline.run.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of runs for all clients that poll them: after a change the run is read and serialized once, however many clients poll it, and
 * while batches end all the time not for each of them.
 *
 * <p>Changes by this process are visible at once, progress of a run within {@link #MAX_LAG}, changes by other processes within {@link
 * #MAX_AGE}.
 */
@Singleton
public class RunSnapshotCache implements RunChanges {
    private static final Duration MAX_AGE = Duration.ofMillis(250);
    private static final Duration MAX_LAG = Duration.ofMillis(50);
    private static final int MAX_RUNS = 1_000;

    private final Function<UUID, RunRepository.Whole> table;
    private final RunAnswers answers;
    private final ObjectWriter writer;
    private final Ticker ticker;
    private final Cache<UUID, Snapshot> snapshots;

    /** The running query of each run. No entry of the cache is locked while the database answers. */
    private final Map<UUID, Load> loads = new ConcurrentHashMap<>();

    @Inject
    public RunSnapshotCache(RunRepository runs, RunAnswers answers, ObjectMapper mapper, Ticker ticker) {
        this(id -> runs.whole(id, RunDetails.MAX_CACHED_BYTES), answers, mapper, ticker);
    }

    /** @param table reads a run in the thread of the caller; throws a {@link ProblemException} where there is none */
    public RunSnapshotCache(
            Function<UUID, RunRepository.Whole> table, RunAnswers answers, ObjectMapper mapper, Ticker ticker) {
        this.table = table;
        this.answers = answers;
        this.writer = mapper.writerFor(RunResponse.class);
        this.ticker = ticker;
        this.snapshots = Caffeine.newBuilder()
                .expireAfterWrite(MAX_AGE)
                .maximumSize(MAX_RUNS)
                .ticker(ticker::nanoTime)
                .build();
    }

    /**
     * A run at one moment.
     *
     * @param json the {@link RunResponse}, in UTF-8; null where it is too long to be cached, see {@link RunDetails}
     * @param tag differs whenever the counters or the costs do
     * @param lag until when it may be shown although the run has changed
     * @param isStale whether the run has changed
     * @param isReloading whether a caller reads the next snapshot
     */
    record Snapshot(@Nullable Buffer json, String tag, Deadline lag, boolean isStale, AtomicBoolean isReloading) {
        /** The tag as in headers. */
        String entityTag() {
            return '"' + tag + '"';
        }

        private boolean isFresh() {
            return !isStale || !lag.isOver();
        }

        private Snapshot stale() {
            return isStale ? this : new Snapshot(json, tag, lag, true, isReloading);
        }
    }

    /**
     * Returns the cached snapshot without waiting. If it is stale, one caller gets null and must reload it; the others get the stale one.
     */
    @Nullable
    Snapshot cached(RunRef run) {
        Snapshot snapshot = snapshots.getIfPresent(run.id());
        boolean mustReload = snapshot != null && !snapshot.isFresh() && snapshot.isReloading.compareAndSet(false, true);
        return mustReload ? null : snapshot;
    }

    /**
     * Returns a fresh snapshot. If the run has to be read, all callers wait for the same query.
     *
     * @throws ProblemException NOT_FOUND
     */
    Snapshot get(RunRef run) {
        UUID id = run.id();
        Snapshot known = snapshots.getIfPresent(id);
        if (known != null && known.isFresh()) {
            return known;
        }
        Load load = new Load();
        Load running = loads.putIfAbsent(id, load);
        return running == null ? load(id, load) : running.await();
    }

    private Snapshot load(UUID id, Load load) {
        try {
            Snapshot snapshot = read(id);
            snapshots.asMap().compute(id, (run, last) -> loads.get(run) == load ? load.upToDate(snapshot) : last);
            load.answer.complete(snapshot);
            return snapshot;
        } catch (RuntimeException failed) {
            load.answer.completeExceptionally(failed);
            throw failed;
        } finally {
            loads.remove(id, load);
            // Without effect after an answer; otherwise nobody may wait for ever.
            load.answer.cancel(false);
        }
    }

    @Override
    public void changed(UUID id) {
        // In this order, so that the result of a query that is running now is not cached.
        loads.remove(id);
        snapshots.invalidate(id);
    }

    @Override
    public void progressed(UUID id) {
        Load running = loads.get(id);
        if (running != null) {
            running.isStale = true;
        }
        snapshots.asMap().computeIfPresent(id, (run, last) -> last.stale());
    }

    /** A running query, and its answer for those who wait. */
    private static final class Load {
        final CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        volatile boolean isStale;

        Snapshot await() {
            try {
                return answer.join();
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }

        Snapshot upToDate(Snapshot read) {
            return isStale ? read.stale() : read;
        }
    }

    private Snapshot read(UUID id) {
        Deadline lag = ticker.deadlineIn(MAX_LAG);
        RunRepository.Whole stored = table.apply(id);
        Run run = stored.run();
        String steps = stored.steps().json();
        RunResponse answer = answers.of(run, steps == null ? "" : steps);
        return new Snapshot(
                steps == null ? null : json(answer),
                run.revision + "-" + run.batchesRunning + tag(answer.llm()) + tag(answer.environment()),
                lag,
                false,
                new AtomicBoolean());
    }

    private static String tag(@Nullable Object part) {
        return part == null ? "" : "-" + part.hashCode();
    }

    private Buffer json(RunResponse run) {
        try {
            return Buffer.buffer(writer.writeValueAsBytes(run));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
