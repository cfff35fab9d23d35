package dev.datapipeline.run.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.Run;
import dev.datapipeline.run.RunRef;
import dev.datapipeline.run.store.RunRepository;
import dev.datapipeline.testing.NoRunCosts;
import dev.datapipeline.testing.SettableTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of a run while the table takes its time. */
@Timeout(60)
class RunSnapshotCacheTest {
    private static final UUID RUN = new UUID(0, 7);
    /** A thread for each task; the common pool may have one only. */
    private static final Executor OWN_THREAD =
            task -> Thread.ofPlatform().daemon().start(task);

    private final SettableTicker ticker = new SettableTicker();
    private final AtomicInteger queries = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch details = new CountDownLatch(1);
    private volatile long revision = 1;
    private volatile boolean isSlow;
    private final RunSnapshotCache snapshots = new RunSnapshotCache(
            this::read, NoRunCosts.answers(), new ObjectMapper().registerModule(new JavaTimeModule()), ticker);

    @Test
    void listenersDoNotWaitForReaders() throws Exception {
        isSlow = true;
        CompletableFuture<RunSnapshotCache.Snapshot> reader =
                CompletableFuture.supplyAsync(() -> snapshots.get(new RunRef(RUN)), OWN_THREAD);
        assertTrue(asked.await(10, TimeUnit.SECONDS));

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            snapshots.progressed(RUN);
            snapshots.changed(RUN);
        });

        details.countDown();
        assertEquals("1-0", reader.get(10, TimeUnit.SECONDS).tag());
    }

    @Test
    void resultReadBeforeAChangeIsNotCached() throws Exception {
        isSlow = true;
        CompletableFuture<RunSnapshotCache.Snapshot> reader =
                CompletableFuture.supplyAsync(() -> snapshots.get(new RunRef(RUN)), OWN_THREAD);
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        isSlow = false;
        revision = 2;
        snapshots.changed(RUN);

        assertEquals(
                "2-0",
                snapshots.get(new RunRef(RUN)).tag(),
                "whoever asks after the change sees it, though the first still waits");
        details.countDown();
        reader.get(10, TimeUnit.SECONDS);

        assertEquals("2-0", snapshots.get(new RunRef(RUN)).tag());
    }

    @Test
    void concurrentReadersShareOneQuery() throws Exception {
        isSlow = true;
        CompletableFuture<RunSnapshotCache.Snapshot> first =
                CompletableFuture.supplyAsync(() -> snapshots.get(new RunRef(RUN)), OWN_THREAD);
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<RunSnapshotCache.Snapshot> second = CompletableFuture.supplyAsync(
                () -> {
                    begun.countDown();
                    return snapshots.get(new RunRef(RUN));
                },
                OWN_THREAD);
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        details.countDown();

        assertSame(first.get(10, TimeUnit.SECONDS), second.get(10, TimeUnit.SECONDS));
        assertEquals(1, queries.get());
    }

    @Test
    void progressIsSeenAfterTheLagOnly() {
        RunRef run = new RunRef(RUN);
        assertEquals("1-0", snapshots.get(run).tag());
        revision = 2;
        snapshots.progressed(RUN);

        ticker.advance(Duration.ofMillis(49));
        assertEquals("1-0", snapshots.get(run).tag());
        ticker.advance(Duration.ofMillis(1));
        assertEquals("2-0", snapshots.get(run).tag());
    }

    @Test
    void changesByOthersAreSeenWithinAQuarterOfASecond() {
        RunRef run = new RunRef(RUN);
        assertEquals("1-0", snapshots.get(run).tag());
        revision = 2;

        ticker.advance(Duration.ofMillis(249));
        assertEquals("1-0", snapshots.get(run).tag());
        ticker.advance(Duration.ofMillis(1));
        assertEquals("2-0", snapshots.get(run).tag());
    }

    @Test
    void missingRunIsNotFoundEachTime() {
        RunSnapshotCache empty = new RunSnapshotCache(
                id -> {
                    throw ProblemException.notFound("run");
                },
                NoRunCosts.answers(),
                new ObjectMapper(),
                ticker);

        assertThrows(ProblemException.class, () -> empty.get(new RunRef(RUN)));
        assertThrows(ProblemException.class, () -> empty.get(new RunRef(RUN)));
    }

    private RunRepository.Whole read(UUID id) {
        queries.incrementAndGet();
        long read = revision;
        if (isSlow) {
            asked.countDown();
            await(details);
        }
        Run run = new Run();
        run.id = id;
        run.pipelineName = "p";
        run.datasetId = id;
        run.datasetName = "d";
        run.trace = "all";
        run.isolation = "run";
        run.createdAt = Instant.EPOCH;
        run.revision = read;
        return new RunRepository.Whole(run, new RunRepository.Steps(2, "[]"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
