package dev.datapipeline.worker.dispatch;

import dev.datapipeline.run.BatchId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Keeps the batches that are sent to the workers. */
final class SentBatches implements Emitter<BatchId> {
    final List<BatchId> sent = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<Void> send(BatchId id) {
        sent.add(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public <M extends Message<? extends BatchId>> void send(M message) {
        throw new UnsupportedOperationException("ids only");
    }

    @Override
    public void complete() {}

    @Override
    public void error(Exception failure) {
        throw new UnsupportedOperationException("never", failure);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean hasRequests() {
        return true;
    }
}
