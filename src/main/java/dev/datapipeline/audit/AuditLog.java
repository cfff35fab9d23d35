package dev.datapipeline.audit;

import dev.datapipeline.database.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit log, all that is there at one time in one transaction. Thread-safe, and never blocks. An entry that cannot be written is
 * tried again until it can; its request stays in {@code audit_open} meanwhile.
 */
@Singleton
public class AuditLog {
    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final int EARLY = 200;
    private static final int BEFORE_DATABASE = Integer.MAX_VALUE - 1;
    /** One begins requests while the other one ends them, which has to wait for the disk. */
    private static final int THREADS = 2;
    /** While so many wait, no change is let through. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final AuditTable table = new AuditTable();
    private final UUID process = UUID.randomUUID();
    private final Repeats repeats = new Repeats();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("audit-", 0).factory());
    private final Batches<Opening> openings = new Batches<>(threads, this::writeOpenings);
    private final Batches<Closing> closings = new Batches<>(threads, this::writeClosings);

    public AuditLog(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Opening(AuditedRequest request, CompletableFuture<AuditedRequest> written) {}

    /**
     * @param open id of the request that ended; null where it was denied before it began
     * @param entry null where it was counted as the repeat of another one
     */
    private record Closing(@Nullable UUID open, @Nullable AuditEntry entry) {}

    /** Makes entries of what processes before this one have left open. */
    void recover(@Observes @Priority(EARLY) StartupEvent started) {
        int count = transactions.run(transaction -> {
            List<AuditedRequest> left = table.leftOpen(transaction, process);
            if (!left.isEmpty()) {
                table.append(
                        transaction,
                        left.stream()
                                .map(request -> request.ended(AuditOutcome.UNKNOWN, null))
                                .toList(),
                        List.of());
            }
            return left.size();
        });
        if (count > 0) {
            LOG.infof("%d changes were under way when the service ended; the audit log has them as UNKNOWN", count);
        }
    }

    /** Completes when it is written that the change is let through, and exceptionally where that is not possible: it must not begin then. */
    public CompletableFuture<AuditedRequest> begin(AuditedRequest change) {
        Opening opening = new Opening(change, new CompletableFuture<>());
        boolean isTooMuch = openings.size() + closings.size() >= MOST_WAITING;
        if (isTooMuch || !openings.add(opening)) {
            opening.written().completeExceptionally(new IllegalStateException("the audit log cannot be written now"));
        }
        return opening.written();
    }

    /** @param status of the answer; null where there was none */
    public void end(AuditedRequest change, AuditOutcome outcome, @Nullable Integer status) {
        close(change.id(), change.ended(outcome, status));
    }

    /** Adds the entry of a request that did not begin, or whose person was not known when it did. */
    public void add(AuditedRequest request, AuditOutcome outcome, int status) {
        close(null, request.ended(outcome, status));
    }

    private void close(@Nullable UUID open, AuditEntry entry) {
        boolean isCounted = entry.outcome().isRefusal() && repeats.count(entry);
        if (open != null || !isCounted) {
            closings.add(new Closing(open, isCounted ? null : entry));
        }
    }

    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void writeRepeats() {
        repeats.take().forEach(entry -> closings.add(new Closing(null, entry)));
    }

    private void writeOpenings(List<Opening> batch) {
        try {
            transactions.run(transaction -> {
                table.open(
                        transaction,
                        process,
                        batch.stream().map(Opening::request).toList());
                return true;
            });
            batch.forEach(opening -> opening.written().complete(opening.request()));
        } catch (RuntimeException failed) {
            LOG.warnf("The audit log cannot be written, so changes are refused: %s", failed.getMessage());
            batch.forEach(opening -> opening.written().completeExceptionally(failed));
        }
    }

    private void writeClosings(List<Closing> batch) {
        List<AuditEntry> entries =
                batch.stream().map(Closing::entry).filter(Objects::nonNull).toList();
        List<UUID> open =
                batch.stream().map(Closing::open).filter(Objects::nonNull).toList();
        boolean isWritten = false;
        for (boolean isFirst = true; !isWritten; isFirst = false) {
            isWritten = write(entries, open, isFirst) || isStopping();
        }
    }

    private boolean write(List<AuditEntry> entries, List<UUID> open, boolean isFirstTry) {
        try {
            transactions.run(transaction -> {
                table.append(transaction, entries, open);
                return true;
            });
            return true;
        } catch (RuntimeException failed) {
            if (isFirstTry) {
                LOG.errorf(
                        "%d entries of the audit log cannot be written; trying again until they can: %s",
                        entries.size(), failed.getMessage());
            }
            return false;
        }
    }

    /** Whether the service stops, asked after a pause. What is not written then is written by the next process, from {@code audit_open}. */
    private boolean isStopping() {
        try {
            return stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop(@Observes @Priority(BEFORE_DATABASE) ShutdownEvent stop) throws InterruptedException {
        stop();
    }

    /** Writes what there is, and ends. */
    public void stop() throws InterruptedException {
        writeRepeats();
        stopping.countDown();
        threads.shutdown();
        if (!threads.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("The last entries of the audit log are written at the next start");
        }
    }
}
