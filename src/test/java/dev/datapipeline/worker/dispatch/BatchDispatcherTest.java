package dev.datapipeline.worker.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.testing.RecordedEvents;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchDispatcherTest {
    private static final UUID RUN = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final UUID THIRD = new UUID(0, 3);

    private final SentBatches channel = new SentBatches();
    private final FakePendingBatches table = new FakePendingBatches();
    private final RecordedEvents<RunEnded> ended = new RecordedEvents<>();
    private boolean isDockerAway;
    private final BatchDispatcher dispatcher = new BatchDispatcher(
            channel,
            table,
            new SlotRules(2, 4, Duration.ofHours(1)),
            ended,
            new RecordedEvents<>(),
            () -> isDockerAway);

    @AfterEach
    void close() {
        dispatcher.shutDown(new ShutdownEvent());
    }

    @Test
    void nothingIsDispatchedBeforeTheStart() {
        table.waiting.put(RUN, List.of(0, 1));
        dispatcher.submitted(new RunSubmitted(RUN, 2));
        assertEquals(List.of(), channel.sent);

        dispatcher.start(new StartupEvent());

        assertEquals(List.of(new BatchId(RUN, 0), new BatchId(RUN, 1)), channel.sent);
    }

    @Test
    void freeSlotIsUsedAtOnce() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());
        assertEquals(2, channel.sent.size());

        dispatcher.release(new BatchId(RUN, 0));

        assertEquals(new BatchId(RUN, 2), channel.sent.get(2));
        assertEquals(2, dispatcher.active());
    }

    @Test
    void nextBatchTakesTheSlotOfTheEndedOne() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());

        Optional<BatchId> following = dispatcher.takeNext(new BatchId(RUN, 0));
        dispatcher.release(new BatchId(RUN, 0));

        assertEquals(Optional.of(new BatchId(RUN, 2)), following);
        assertEquals(2, channel.sent.size(), "it is not sent as well");
        assertEquals(2, dispatcher.active());
        assertEquals(Optional.empty(), dispatcher.takeNext(new BatchId(RUN, 1)));
        assertEquals(1, dispatcher.active());
    }

    @Test
    void runWithoutActiveBatchesDoesNotWaitForASlot() {
        table.waiting.put(RUN, List.of(0, 1, 2, 3));
        dispatcher.start(new StartupEvent());
        table.waiting.put(OTHER, List.of(0, 1));

        dispatcher.submitted(new RunSubmitted(OTHER, 2));

        assertEquals(List.of(new BatchId(RUN, 0), new BatchId(RUN, 1), new BatchId(OTHER, 0)), channel.sent);
    }

    @Test
    void nextBatchesAreSharedBetweenRuns() {
        table.waiting.put(RUN, List.of(0, 1, 2, 3));
        dispatcher.start(new StartupEvent());
        table.waiting.put(OTHER, List.of(0, 1, 2, 3));
        dispatcher.submitted(new RunSubmitted(OTHER, 2));
        assertEquals(3, dispatcher.active());

        assertEquals(
                Optional.empty(), dispatcher.takeNext(new BatchId(RUN, 0)), "it was one more than there are slots");
        assertEquals(Optional.of(new BatchId(RUN, 2)), dispatcher.takeNext(new BatchId(RUN, 1)), "it has none now");
    }

    @Test
    void hangingDatabaseBlocksOnlyTheThreadThatReads() throws Exception {
        table.waiting.put(RUN, List.of(0));
        dispatcher.start(new StartupEvent());
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        table.waiting.put(OTHER, List.of(0));
        table.onDue = run -> {
            if (run.equals(OTHER)) {
                hangs.countDown();
                await(answers);
            }
        };
        Thread asking = Thread.ofPlatform().start(() -> dispatcher.submitted(new RunSubmitted(OTHER, 1)));
        await(hangs);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            dispatcher.release(new BatchId(RUN, 0));
            table.waiting.put(THIRD, List.of(0));
            dispatcher.submitted(new RunSubmitted(THIRD, 1));
            assertTrue(dispatcher.isOpen());
        });
        assertTrue(channel.sent.contains(new BatchId(THIRD, 0)));

        answers.countDown();
        asking.join();
        assertTrue(channel.sent.contains(new BatchId(OTHER, 0)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void stoppedDispatcherHasNoNextBatch() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());

        dispatcher.stop();

        assertEquals(Optional.empty(), dispatcher.takeNext(new BatchId(RUN, 0)));
    }

    @Test
    void runSubmittedDuringASweepIsKept() {
        dispatcher.start(new StartupEvent());
        table.onRead = () -> {
            table.onRead = () -> {};
            table.waiting.put(OTHER, List.of(0, 1, 2));
            dispatcher.submitted(new RunSubmitted(OTHER, 2));
        };

        dispatcher.sweep();
        dispatcher.release(new BatchId(OTHER, 0));

        assertEquals(3, channel.sent.size());
    }

    @Test
    void endedRunIsNotDispatchedAgain() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());

        dispatcher.ended(new RunEnded(RUN));
        dispatcher.release(new BatchId(RUN, 0));

        assertEquals(2, channel.sent.size());
    }

    @Test
    void runMissingInTheTableIsRemoved() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());
        table.waiting.remove(RUN);

        dispatcher.sweep();
        dispatcher.release(new BatchId(RUN, 0));

        assertEquals(2, channel.sent.size());
        assertEquals(List.of(new RunEnded(RUN)), ended.fired(), "whoever keeps something for the run hears of it");
    }

    @Test
    void databaseIsReadAgainWithTheNextSweepAfterAFailure() {
        table.isAway = true;
        dispatcher.start(new StartupEvent());
        dispatcher.submitted(new RunSubmitted(RUN, 2));
        assertEquals(List.of(), channel.sent);
        table.isAway = false;
        table.waiting.put(RUN, List.of(0));

        dispatcher.sweep();

        assertEquals(List.of(new BatchId(RUN, 0)), channel.sent);
    }

    @Test
    void nothingIsDispatchedWhileDockerIsAway() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());

        isDockerAway = true;
        dispatcher.release(new BatchId(RUN, 0));
        assertEquals(2, channel.sent.size());
        isDockerAway = false;
        dispatcher.sweep();

        assertEquals(3, channel.sent.size());
    }

    @Test
    void stoppedDispatcherDispatchesNothing() {
        table.waiting.put(RUN, List.of(0, 1, 2));
        dispatcher.start(new StartupEvent());

        dispatcher.stop();
        dispatcher.release(new BatchId(RUN, 0));

        assertEquals(2, channel.sent.size());
    }
}
