package dev.datapipeline.worker.dispatch;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.run.BatchId;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.run.event.RunPaused;
import dev.datapipeline.run.event.RunSubmitted;
import dev.datapipeline.run.store.batch.PendingBatches;
import dev.datapipeline.sandbox.DockerAvailability;
import dev.datapipeline.worker.dispatch.DispatchQueue.Choice;
import dev.datapipeline.worker.dispatch.DispatchQueue.Dispatch;
import dev.datapipeline.worker.dispatch.DispatchQueue.Nothing;
import dev.datapipeline.worker.dispatch.DispatchQueue.Read;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Sends the ids of pending batches to the channel, fairly between runs, and never more than there are slots. Preempts batches that keep
 * other runs from getting a slot. A message is only a hint: every five seconds a sweep reads the pending batches from the table again. While
 * Docker is not available, nothing is dispatched.
 *
 * <p>Thread-safe. The table is read without the lock, so that a database that hangs blocks only the thread that reads.
 */
@Singleton
public class BatchDispatcher {
    private static final Logger LOG = Logger.getLogger(BatchDispatcher.class);
    /** After the recovery of expired leases. */
    private static final int LAST = 5_000;

    private static final long POLL_INTERVAL_MILLISECONDS = 100;

    private final Emitter<BatchId> channel;
    private final PendingBatches pending;
    private final DispatchQueue queue;
    private final Event<RunEnded> ended;
    private final Event<TurnEnded> turnEnded;
    private final DockerAvailability docker;
    private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dispatch-turns").factory());
    private boolean isOpen;

    BatchDispatcher(
            @Channel("pending-batches") Emitter<BatchId> channel,
            PendingBatches pending,
            SlotRules rules,
            Event<RunEnded> ended,
            Event<TurnEnded> turnEnded,
            DockerAvailability docker) {
        this.channel = channel;
        this.pending = pending;
        this.ended = ended;
        this.turnEnded = turnEnded;
        this.docker = docker;
        this.queue = new DispatchQueue(rules, System::nanoTime);
    }

    void start(@Observes @Priority(LAST) StartupEvent event) {
        synchronized (this) {
            isOpen = true;
        }
        sweep();
        turns.scheduleWithFixedDelay(
                this::endTurns, POLL_INTERVAL_MILLISECONDS, POLL_INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    void shutDown(@Observes ShutdownEvent event) {
        turns.shutdownNow();
    }

    /** Stops dispatching; running batches continue. */
    public synchronized void stop() {
        isOpen = false;
    }

    /** Whether dispatched batches may still start. */
    public synchronized boolean isOpen() {
        return isOpen;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        try {
            // A run that is submitted while the table is read may be missing in the answer, so only runs known before
            // are removed.
            Set<UUID> known = known();
            // Announces ends that another process committed, or whose announcement failed.
            refresh(known, pending.openRuns()).forEach(run -> ended.fire(new RunEnded(run)));
            topUp();
        } catch (DatabaseException away) {
            LOG.warnf("pending batches could not be read, trying again in 5 s: %s", away.getMessage());
        }
    }

    private synchronized Set<UUID> known() {
        return queue.runs();
    }

    /** Returns the runs that are not open any more. */
    private synchronized Set<UUID> refresh(Set<UUID> known, List<PendingBatches.OpenRun> open) {
        Set<UUID> gone = new HashSet<>(known);
        for (PendingBatches.OpenRun run : open) {
            boolean wasKnown = gone.remove(run.id());
            if (!run.isHeld()) {
                queue.open(run.id(), run.maxParallelBatches());
            } else if (wasKnown) {
                queue.close(run.id());
            }
        }
        gone.forEach(queue::close);
        return gone;
    }

    /** Dispatches to slots that long batches have left to others meanwhile, and preempts a batch where there is none. */
    private void endTurns() {
        try {
            topUp();
            nextToPreempt().ifPresent(batch -> {
                LOG.infof("batch %s/%d is released because other runs wait", batch.run(), batch.number());
                turnEnded.fire(new TurnEnded(batch));
            });
        } catch (RuntimeException failed) {
            LOG.error("batches beyond their turn could not be released, trying again", failed);
        }
    }

    private synchronized Optional<BatchId> nextToPreempt() {
        return isOpen && !docker.isAway() ? queue.nextToPreempt() : Optional.empty();
    }

    void submitted(@Observes RunSubmitted run) {
        synchronized (this) {
            queue.open(run.run(), run.maxParallelBatches());
        }
        topUp();
    }

    /** The run is final: nothing of it is pending any more. */
    synchronized void ended(@Observes RunEnded run) {
        queue.close(run.run());
    }

    /** None of its batches is dispatched until it is submitted again. */
    synchronized void paused(@Observes RunPaused run) {
        queue.close(run.run());
    }

    /** The worker has a sandbox for the batch: its turn begins. */
    public synchronized void started(BatchId id) {
        queue.started(id);
    }

    /** The worker has ended its attempt, with whatever result: the slot is free. */
    public void release(BatchId id) {
        synchronized (this) {
            queue.release(id);
        }
        topUp();
    }

    /**
     * Frees the slot of a batch whose end is about to be recorded, and returns the batch to claim in the same transaction, which counts as
     * dispatched; empty when there is none.
     */
    public Optional<BatchId> takeNext(BatchId ending) {
        synchronized (this) {
            queue.release(ending);
        }
        Optional<BatchId> following = next();
        // While this thread was reading the table, other threads found no batch.
        topUp();
        return following;
    }

    /** Batches that were dispatched and not released. */
    public synchronized int active() {
        return queue.active();
    }

    private void topUp() {
        for (Optional<BatchId> next = next(); next.isPresent(); next = next()) {
            channel.send(next.get());
        }
    }

    private Optional<BatchId> next() {
        while (true) {
            switch (choose()) {
                case Dispatch batch -> {
                    return Optional.of(batch.id());
                }
                case Nothing nothing -> {
                    return Optional.empty();
                }
                case Read wanted -> {
                    if (!read(wanted)) {
                        return Optional.empty();
                    }
                }
            }
        }
    }

    private synchronized Choice choose() {
        return isOpen && !docker.isAway() ? queue.choose() : new Nothing();
    }

    /** Returns false when the database is away. */
    private boolean read(Read wanted) {
        try {
            List<Integer> numbers = pending.due(wanted.run(), wanted.first(), DispatchQueue.READ_AHEAD);
            synchronized (this) {
                queue.endReading(wanted, numbers);
            }
            return true;
        } catch (DatabaseException away) {
            synchronized (this) {
                queue.failReading(wanted);
            }
            LOG.warnf("pending batches could not be read, trying again with the next sweep: %s", away.getMessage());
            return false;
        }
    }
}
