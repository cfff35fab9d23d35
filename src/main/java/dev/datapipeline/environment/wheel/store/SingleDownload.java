package dev.datapipeline.environment.wheel.store;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.WheelRefusedException;
import dev.datapipeline.environment.wheel.file.StoredWheel;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/** Lets one of those who want the same wheel of the same index fetch it; the others wait for him and share how it ends. */
final class SingleDownload {
    private final ConcurrentMap<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

    /** What the one does who fetches. */
    interface Task {
        StoredWheel run() throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException;
    }

    /**
     * @param wheel says index and hash
     * @return what the task returns; empty for one who waited for another: it is in the store then, or the other gave up
     */
    Optional<StoredWheel> run(String wheel, Task task)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = underWay.putIfAbsent(wheel, own);
        if (other != null) {
            await(other);
            return Optional.empty();
        }
        try {
            return Optional.of(task.run());
        } catch (IndexUnreachableException | WheelRefusedException | IOException failure) {
            own.completeExceptionally(failure);
            throw failure;
        } finally {
            underWay.remove(wheel, own);
            own.complete(true);
        }
    }

    /** Fails as the other one has failed. One that was interrupted has not failed: whoever waited tries it himself. */
    private static void await(CompletableFuture<Boolean> other)
            throws IndexUnreachableException, WheelRefusedException, IOException, InterruptedException {
        try {
            other.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IndexUnreachableException unreachable) {
                throw new IndexUnreachableException(unreachable.index(), unreachable.text());
            }
            if (failed.getCause() instanceof WheelRefusedException refused) {
                throw new WheelRefusedException(refused.reason(), refused.text());
            }
            throw new IOException("A download that was waited for failed", failed.getCause());
        }
    }
}
