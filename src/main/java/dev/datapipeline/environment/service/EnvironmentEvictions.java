package dev.datapipeline.environment.service;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import dev.datapipeline.environment.store.EnvironmentUses;
import dev.datapipeline.environment.store.EnvironmentUses.Removal;
import dev.datapipeline.storage.Blobs;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Removes files of environments that nobody uses: those that were not used for longest, when all together need more space than they may. */
@Singleton
public class EnvironmentEvictions {
    private static final Logger LOG = Logger.getLogger(EnvironmentEvictions.class);
    private static final int CANDIDATES = 100;
    /** How long rows without files stay that nobody refers to. */
    private static final Duration MEMORY = Duration.ofDays(30);

    private static final long MIN_FREE_BYTES = 256L << 20;
    /** Bytes of files that a byte of a wheel usually becomes, byte code included. */
    private static final int GROWTH = 5;

    private final EnvironmentUses uses;
    private final EnvironmentFolders folders;
    private final FolderGuard guard;
    private final Blobs blobs;
    private final long limit;

    EnvironmentEvictions(
            EnvironmentUses uses,
            EnvironmentFolders folders,
            FolderGuard guard,
            Blobs blobs,
            EnvironmentConfig config) {
        this.uses = uses;
        this.folders = folders;
        this.guard = guard;
        this.blobs = blobs;
        this.limit = config.diskLimit().asLongValue();
    }

    /** Bytes that all environments may have together. */
    public long limit() {
        return limit;
    }

    /**
     * Removes files of others until there is room for this environment.
     *
     * @throws NoRoomException the disk is too full all the same
     */
    void makeRoom(UUID id, Lock lock) throws IOException {
        evict(id);
        long needed = MIN_FREE_BYTES
                + GROWTH
                        * lock.packages().stream()
                                .mapToLong(LockedPackage::size)
                                .sum();
        if (blobs.freeBytes() < needed) {
            throw new NoRoomException(
                    "It needs about %,d MB and less is free on the disk. Delete runs, datasets or environments."
                            .formatted(needed >> 20));
        }
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    void clean() {
        try {
            evict(null);
            uses.unused(MEMORY).forEach(uses::delete);
        } catch (DatabaseException away) {
            LOG.warnf("old environments could not be removed, trying again in 10 minutes: %s", away.getMessage());
        }
    }

    /**
     * Removes what was not used for longest while there is more than the limit.
     *
     * @param kept stays in any case: whoever has asked for it has had no time to use it
     */
    void evict(@Nullable UUID kept) {
        if (uses.usage().bytes() <= limit) {
            return;
        }
        for (EnvironmentUses.Candidate candidate : uses.leastRecentlyUsed(CANDIDATES)) {
            if (uses.usage().bytes() <= limit) {
                return;
            }
            if (!candidate.id().equals(kept) && remove(candidate.id(), candidate.lockKey())) {
                LOG.infof("environment %s is removed, which was not used for longest", candidate.id());
            }
        }
    }

    /**
     * Removes the files of an environment, and its row where nobody refers to it.
     *
     * @return false when something uses it
     */
    public boolean remove(UUID id) {
        Optional<EnvironmentUses.Candidate> candidate = uses.candidate(id);
        if (candidate.isEmpty() || !remove(id, candidate.get().lockKey())) {
            return false;
        }
        uses.delete(id);
        return true;
    }

    private boolean remove(UUID id, String lockKey) {
        Optional<FolderGuard.Hold> hold = guard.tryRemove(id, lockKey);
        if (hold.isEmpty()) {
            return false;
        }
        try (FolderGuard.Hold removal = hold.get()) {
            return switch (uses.evict(id)) {
                case Removal.InUse inUse -> false;
                case Removal.Removed removed -> {
                    removed.folder().ifPresent(this::delete);
                    yield true;
                }
            };
        }
    }

    private void delete(String folder) {
        guard.forget(folder);
        try {
            folders.delete(folder);
        } catch (IOException failed) {
            LOG.warnf("files of a removed environment are still there: %s", failed.getMessage());
        }
    }
}
