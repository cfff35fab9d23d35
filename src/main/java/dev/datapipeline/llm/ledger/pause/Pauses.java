package dev.datapipeline.llm.ledger.pause;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Pauses runs, each once for all calls that want it at the same time. */
public final class Pauses {
    private static final Logger LOG = Logger.getLogger(Pauses.class);

    private final Consumer<RunMustPause> pause;
    private final Executor blocking;
    private final Map<UUID, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /** @param pause returns when the run is paused; may block */
    public Pauses(Consumer<RunMustPause> pause, Executor blocking) {
        this.pause = pause;
        this.blocking = blocking;
    }

    /** Completes when the run is paused, or cannot be. */
    public CompletableFuture<Void> pause(RunMustPause request) {
        UUID run = request.run();
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> first = underWay.putIfAbsent(run, mine);
        if (first != null) {
            return first;
        }
        blocking.execute(() -> {
            try {
                pause.accept(request);
            } catch (RuntimeException failed) {
                LOG.errorf(failed, "run %s could not be paused: %s", run, request.message());
            } finally {
                underWay.remove(run);
                mine.complete(null);
            }
        });
        return mine;
    }
}
