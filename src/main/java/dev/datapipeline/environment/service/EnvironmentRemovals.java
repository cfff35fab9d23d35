package dev.datapipeline.environment.service;

import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.store.EnvironmentUses;
import dev.datapipeline.environment.store.EnvironmentUses.Removal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Removes environments that nobody uses or waits for: their files, and their rows where nothing refers to them. */
@Singleton
public class EnvironmentRemovals {
    private static final Logger LOG = Logger.getLogger(EnvironmentRemovals.class);

    private final EnvironmentUses uses;
    private final EnvironmentFolders folders;
    private final FolderGuard guard;

    public EnvironmentRemovals(EnvironmentUses uses, EnvironmentFolders folders, FolderGuard guard) {
        this.uses = uses;
        this.folders = folders;
        this.guard = guard;
    }

    /**
     * Removes the files of an environment, or ends the work on it, and removes its row where nothing refers to it.
     *
     * @return false when something uses it or waits for it
     */
    public boolean remove(EnvironmentRef environment) {
        return remove(environment.id());
    }

    /** The same, for what the service does by itself. */
    boolean remove(UUID id) {
        Optional<EnvironmentUses.Candidate> candidate = uses.candidate(id);
        boolean isRemoved = candidate.isPresent() ? evict(candidate.get()) : abandon(id);
        if (isRemoved) {
            uses.delete(id);
        }
        return isRemoved;
    }

    /** Removes the files; returns false when something uses them. */
    boolean evict(EnvironmentUses.Candidate candidate) {
        Optional<FolderGuard.Hold> hold = guard.tryRemove(candidate.id(), candidate.lockKey());
        if (hold.isEmpty()) {
            return false;
        }
        try (FolderGuard.Hold removal = hold.get()) {
            return switch (uses.evict(candidate.id())) {
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

    /**
     * Ends the work on environments that nobody waits for, for example because an index has been away for long.
     *
     * @param age since somebody has asked for them
     * @return how many
     */
    public int abandon(Duration age) {
        int abandoned = 0;
        for (UUID id : uses.notWaitedFor(age)) {
            if (abandon(id)) {
                LOG.infof("environment %s is given up, nobody waits for it", id);
                uses.delete(id);
                abandoned++;
            }
        }
        return abandoned;
    }

    /** Removes files that belong to no environment, and of builds of earlier processes. Nothing may be built meanwhile. */
    public void sweepFolders() throws IOException {
        folders.sweep(uses.keptLocks());
    }

    /** A worker of this process that builds it notices with the next renewal of its lease. */
    private boolean abandon(UUID id) {
        Optional<FolderGuard.Hold> hold = guard.tryAbandon(id);
        if (hold.isEmpty()) {
            return false;
        }
        try (FolderGuard.Hold abandonment = hold.get()) {
            return uses.abandon(id);
        }
    }
}
