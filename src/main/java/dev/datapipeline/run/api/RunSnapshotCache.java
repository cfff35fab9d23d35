package dev.datapipeline.run.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.time.Deadline;
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
 * Looks at runs for everybody who watches them: however many ask, the table is asked, and the answer written, once after each change, and
 * not for every batch of a run whose batches end all the time.
 *
 * <p>Changes made by this process are seen at once, progress of a run within {@link #MAX_LAG}, whatever other processes do within {@link
 * #MAX_AGE}.
 */
@Singleton
public class RunSnapshotCache implements RunChanges {
    private static final Duration MAX_AGE = Duration.ofMillis(250);
    private static final Duration MAX_LAG = Duration.ofMillis(50);
    private static final int MAX_RUNS = 1_000;

    private final Function<UUID, RunRepository.Whole> table;
    private final ObjectWriter writer;
    private final Cache<UUID, Snapshot> snapshots = Caffeine.newBuilder()
            .expireAfterWrite(MAX_AGE)
            .maximumSize(MAX_RUNS)
            .build();

    /** The latest query of each run that is read at present; entries of the cache are never locked while the table is asked. */
    private final Map<UUID, Load> loads = new ConcurrentHashMap<>();

    @Inject
    public RunSnapshotCache(RunRepository runs, ObjectMapper mapper) {
        this(id -> runs.whole(id, RunDetails.MAX_CACHED_BYTES), mapper);
    }

    /** @param table asked in the thread of whoever needs a run; throws a {@link ProblemException} where there is none */
    public RunSnapshotCache(Function<UUID, RunRepository.Whole> table, ObjectMapper mapper) {
        this.table = table;
        this.writer = mapper.writerFor(RunResponse.class);
    }

    /**
     * A run as it was at one moment.
     *
     * @param json the {@link RunResponse}, in UTF-8; null where it is too long to be kept, see {@link RunDetails}
     * @param tag differs whenever the counters do
     * @param lag when it is too old to be shown, if the run has moved on since
     * @param isStale whether the run has moved on
     * @param isReloading whether somebody is asking the table for the next one
     */
    record Snapshot(@Nullable Buffer json, String tag, Deadline lag, boolean isStale, AtomicBoolean isReloading) {
        /** The tag as it stands in headers. */
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
     * What is known without asking the table: a thread that must not wait may ask for this. Of those who find it too old one is told nothing,
     * and has to ask; the others do not wait for that.
     */
    @Nullable
    Snapshot cached(UUID id) {
        Snapshot snapshot = snapshots.getIfPresent(id);
        boolean mustReload = snapshot != null && !snapshot.isFresh() && snapshot.isReloading.compareAndSet(false, true);
        return mustReload ? null : snapshot;
    }

    /**
     * Waits for the table where that is needed, for one query together with all others who ask for this run.
     *
     * @throws ProblemException NOT_FOUND
     */
    Snapshot get(UUID id) {
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
            // Nothing happens where there is an answer; whatever went wrong, nobody may wait for ever.
            load.answer.cancel(false);
        }
    }

    @Override
    public void changed(UUID id) {
        // In this order: what is being read may be too old, and is not kept.
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

    /** A query under way, and those who wait for its answer. */
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
        Deadline lag = Deadline.in(MAX_LAG);
        RunRepository.Whole stored = table.apply(id);
        Run run = stored.run();
        String steps = stored.steps().json();
        return new Snapshot(
                steps == null ? null : json(RunResponse.of(run, steps)),
                run.revision + "-" + run.batchesRunning,
                lag,
                false,
                new AtomicBoolean());
    }

    private Buffer json(RunResponse run) {
        try {
            return Buffer.buffer(writer.writeValueAsBytes(run));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
