package dev.datapipeline.environment.service;

import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.build.PackageResolver;
import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentRepository;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The files of environments for those who run scripts with them. Files that cannot be used are made again. */
@Singleton
public class EnvironmentFiles {
    private static final Logger LOG = Logger.getLogger(EnvironmentFiles.class);

    private final EnvironmentRepository repository;
    private final EnvironmentFolders folders;
    private final PackageResolver resolver;
    private final FolderGuard guard;
    private final Event<EnvironmentWanted> wanted;

    public EnvironmentFiles(
            EnvironmentRepository repository,
            EnvironmentFolders folders,
            PackageResolver resolver,
            FolderGuard guard,
            Event<EnvironmentWanted> wanted) {
        this.repository = repository;
        this.folders = folders;
        this.resolver = resolver;
        this.guard = guard;
        this.wanted = wanted;
    }

    /** Files of an environment that stay until this is closed. */
    public interface Use extends AutoCloseable {
        /** Name of the folder. */
        String folder();

        /** Name of the base image in which its scripts run. */
        String image();

        @Override
        void close();
    }

    /** Takes the files of an environment into use; empty when it is not READY, or its files have to be made again. */
    public Optional<Use> use(UUID id) throws SandboxFailureException, InterruptedException {
        Optional<FolderGuard.Hold> hold = guard.tryUse(id);
        if (hold.isEmpty()) {
            return Optional.empty();
        }
        boolean isTaken = false;
        try {
            Environment environment = ready(id).orElse(null);
            Environment.Files files = environment == null ? null : environment.files();
            if (environment == null || files == null || !isUsable(id, files.folder())) {
                return Optional.empty();
            }
            isTaken = true;
            return Optional.of(
                    new Held(files.folder(), environment.declaration().imageName(), hold.get()));
        } finally {
            if (!isTaken) {
                hold.get().close();
            }
        }
    }

    /** Keeps an environment that is not READY yet from being given up, until the answer is closed. */
    public Waiting waitFor(UUID id) {
        FolderGuard.Hold hold = guard.tryUse(id).orElse(() -> {});
        return hold::close;
    }

    /** Ends when it is closed. */
    public interface Waiting extends AutoCloseable {
        @Override
        void close();
    }

    private Optional<Environment> ready(UUID id) {
        return repository.find(id).filter(environment -> environment.status() == EnvironmentStatus.READY);
    }

    private record Held(String folder, String image, FolderGuard.Hold hold) implements Use {
        @Override
        public void close() {
            hold.close();
        }
    }

    /** A sandbox has not found the files: they are checked once more before the next use. */
    public void checkAgain(UUID id) {
        repository.find(id).map(Environment::files).ifPresent(files -> guard.forget(files.folder()));
    }

    /**
     * Checks the files once for each start of the service: against their manifest, and whether they are for the Python of the sandboxes.
     *
     * @throws SandboxFailureException nobody knows for now which Python the sandboxes have
     */
    public boolean isUsable(UUID id, String folder) throws SandboxFailureException, InterruptedException {
        if (guard.isVerified(folder)) {
            return true;
        }
        if (!fits(id)) {
            LOG.infof(
                    "the sandboxes have another Python than environment %s is for, its packages are resolved anew", id);
        } else if (folders.isIntact(folder)) {
            guard.verified(folder);
            return true;
        } else {
            LOG.warnf("the files of environment %s are damaged or gone, they are made again", id);
        }
        if (repository.buildAgain(id)) {
            wanted.fire(new EnvironmentWanted());
        }
        return false;
    }

    private boolean fits(UUID id) throws SandboxFailureException, InterruptedException {
        Environment environment = repository.find(id).orElse(null);
        Lock lock = environment == null ? null : environment.lock();
        return environment != null
                && lock != null
                && resolver.fits(lock, environment.declaration().imageName());
    }
}
