package dev.datapipeline.environment.service;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps folders of environments from being removed while this process builds or uses them. No other process uses the same data folder. Runs
 * need no entry here: the database knows which are open. Thread-safe.
 */
@Singleton
public class FolderGuard {
    private final Map<UUID, Integer> uses = new HashMap<>();
    private final Set<UUID> removed = new HashSet<>();
    private final Set<String> busyLocks = new HashSet<>();
    private final Set<String> verified = ConcurrentHashMap.newKeySet();

    /** Ends a use, a build or a removal. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps the files of an environment, unless they are being removed right now. */
    synchronized Optional<Hold> tryUse(UUID environment) {
        if (removed.contains(environment)) {
            return Optional.empty();
        }
        uses.merge(environment, 1, Integer::sum);
        return Optional.of(() -> release(environment));
    }

    private synchronized void release(UUID environment) {
        uses.computeIfPresent(environment, (id, count) -> count == 1 ? null : count - 1);
    }

    /** Keeps others from taking the files of an environment into use; empty while somebody in this process does or waits for them. */
    synchronized Optional<Hold> tryAbandon(UUID environment) {
        if (uses.containsKey(environment) || !removed.add(environment)) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            synchronized (this) {
                removed.remove(environment);
            }
        });
    }

    /** Waits until nobody builds or removes files of the same lock: one folder serves all environments with this lock. */
    public synchronized Hold build(String lockKey) throws InterruptedException {
        while (!busyLocks.add(lockKey)) {
            wait();
        }
        return () -> free(lockKey);
    }

    /** Lets the caller remove the files of an environment; empty while somebody in this process uses or builds them. */
    synchronized Optional<Hold> tryRemove(UUID environment, String lockKey) {
        if (uses.containsKey(environment) || !busyLocks.add(lockKey)) {
            return Optional.empty();
        }
        removed.add(environment);
        return Optional.of(() -> {
            synchronized (this) {
                removed.remove(environment);
            }
            free(lockKey);
        });
    }

    private synchronized void free(String lockKey) {
        busyLocks.remove(lockKey);
        notifyAll();
    }

    /** Whether the files of a folder were compared with their manifest since the service has started. */
    boolean isVerified(String folder) {
        return verified.contains(folder);
    }

    public void verified(String folder) {
        verified.add(folder);
    }

    public void forget(String folder) {
        verified.remove(folder);
    }
}
