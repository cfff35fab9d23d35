package dev.datapipeline.dispatch;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.sandbox.DockerPresence;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Keeps the channel topped up with the ids of waiting batches, at most as many as there are slots, fairly between runs. What is on
 * the channel is a hint: a sweep every five seconds rings again for whatever waits in the table. While Docker is away nothing is
 * handed out.
 */
@ApplicationScoped
public class BatchDispatcher {
    private static final Logger LOG = Logger.getLogger(BatchDispatcher.class);
    /** After everything that wants to put the tables in order at start. */
    private static final int LAST = 5_000;

    private final Emitter<BatchId> channel;
    private final WaitingBatches waiting;
    private final DispatchQueue queue;
    private final Event<RunEnded> ended;
    private final DockerPresence docker;
    private boolean isOpen;

    BatchDispatcher(
            @Channel("waiting-batches") Emitter<BatchId> channel,
            WaitingBatches waiting,
            DispatchConfig config,
            Event<RunEnded> ended,
            DockerPresence docker) {
        this.channel = channel;
        this.waiting = waiting;
        this.ended = ended;
        this.docker = docker;
        this.queue = new DispatchQueue(config.effectiveSlots(), waiting::due);
    }

    void start(@Observes @Priority(LAST) StartupEvent event) {
        synchronized (this) {
            isOpen = true;
        }
        sweep();
    }

    /** No more batches are handed out; those under way go on. */
    public synchronized void stop() {
        isOpen = false;
    }

    /** Whether what was handed out may still begin. */
    public synchronized boolean isOpen() {
        return isOpen;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        try {
            // A run that is submitted while the table is read is in neither: only what was known before may be dropped.
            Set<UUID> known = known();
            // An end that was committed while the answer got lost is heard of here.
            refresh(known, waiting.openRuns()).forEach(run -> ended.fire(new RunEnded(run)));
        } catch (DatabaseException away) {
            LOG.warnf("waiting batches could not be read, trying again in 5 s: %s", away.getMessage());
        }
    }

    private synchronized Set<UUID> known() {
        return queue.runs();
    }

    /** Returns the runs that are not open any more. */
    private synchronized Set<UUID> refresh(Set<UUID> known, List<WaitingBatches.OpenRun> open) {
        Set<UUID> gone = new HashSet<>(known);
        for (WaitingBatches.OpenRun run : open) {
            gone.remove(run.id());
            queue.open(run.id(), run.maxParallelBatches());
        }
        gone.forEach(queue::close);
        topUp();
        return gone;
    }

    /** A run has been committed, or some of its batches wait again. */
    public synchronized void submitted(UUID run, int maxParallelBatches) {
        queue.open(run, maxParallelBatches);
        topUp();
    }

    /** The run is final: nothing of it waits any more. */
    public synchronized void ended(UUID run) {
        queue.close(run);
    }

    /** The worker is through with the batch, whatever became of it. */
    public synchronized void done(BatchId id) {
        queue.done(id);
        topUp();
    }

    /**
     * The worker is about to record the end of the batch and can take another one with it: which, counted as handed out; empty when nothing
     * is to follow.
     */
    public synchronized Optional<BatchId> follow(BatchId ending) {
        queue.done(ending);
        return nextWaiting();
    }

    /** Batches handed out and not done. */
    public synchronized int underWay() {
        return queue.underWay();
    }

    private void topUp() {
        for (Optional<BatchId> next = nextWaiting(); next.isPresent(); next = nextWaiting()) {
            channel.send(next.get());
        }
    }

    private Optional<BatchId> nextWaiting() {
        if (!isOpen || docker.isAway()) {
            return Optional.empty();
        }
        try {
            return queue.next();
        } catch (DatabaseException away) {
            LOG.warnf("waiting batches could not be read, trying again with the next sweep: %s", away.getMessage());
            return Optional.empty();
        }
    }
}
