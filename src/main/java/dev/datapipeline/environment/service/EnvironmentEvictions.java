package dev.datapipeline.environment.service;

import dev.datapipeline.database.DatabaseException;
import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.lock.LockedPackage;
import dev.datapipeline.environment.store.EnvironmentUses;
import dev.datapipeline.storage.Blobs;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Removes environments that were not used for long: for longest, when the files of all need more space than they may, and what nobody refers to. */
@Singleton
public class EnvironmentEvictions {
    private static final Logger LOG = Logger.getLogger(EnvironmentEvictions.class);
    private static final int CANDIDATES = 100;
    /** How long rows without files stay that nothing refers to. */
    private static final Duration MEMORY = Duration.ofDays(30);
    /** How long files stay that nothing refers to. */
    private static final Duration SPARE = Duration.ofDays(7);
    /** How long an environment that cannot be built for now is tried again for nobody. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final long MIN_FREE_BYTES = 256L << 20;
    /** Bytes of files that a byte of a wheel usually becomes, byte code included. */
    private static final int GROWTH = 5;

    private final EnvironmentUses uses;
    private final EnvironmentRemovals removals;
    private final EnvironmentFolders folders;
    private final Blobs blobs;
    private final long limit;

    public EnvironmentEvictions(
            EnvironmentUses uses,
            EnvironmentRemovals removals,
            EnvironmentFolders folders,
            Blobs blobs,
            EnvironmentConfig config) {
        this.uses = uses;
        this.removals = removals;
        this.folders = folders;
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
    public void makeRoom(UUID id, Lock lock) throws IOException {
        evict(id);
        long wheels = lock.packages().stream().mapToLong(LockedPackage::size).sum();
        require(MIN_FREE_BYTES + wheels, blobs.freeBytes());
        require(MIN_FREE_BYTES + GROWTH * wheels, folders.freeBytes());
    }

    /**
     * Refuses to fetch anything onto a disk that is full already.
     *
     * @throws NoRoomException it is
     */
    public void requireRoom() throws IOException {
        require(MIN_FREE_BYTES, blobs.freeBytes());
    }

    private static void require(long needed, long free) throws NoRoomException {
        if (free < needed) {
            throw new NoRoomException(
                    "It needs about %,d MB and less is free on the disk. Delete runs, datasets or environments."
                            .formatted(needed >> 20));
        }
    }

    @Scheduled(every = "10m", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    void clean() {
        try {
            evict(null);
            uses.spare(SPARE).forEach(removals::remove);
            removals.abandon(PATIENCE);
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
    public void evict(@Nullable UUID kept) {
        if (uses.usage().bytes() <= limit) {
            return;
        }
        for (EnvironmentUses.Candidate candidate : uses.leastRecentlyUsed(CANDIDATES)) {
            if (uses.usage().bytes() <= limit) {
                return;
            }
            if (!candidate.id().equals(kept) && removals.evict(candidate)) {
                LOG.infof("environment %s is removed, which was not used for longest", candidate.id());
            }
        }
    }
}
