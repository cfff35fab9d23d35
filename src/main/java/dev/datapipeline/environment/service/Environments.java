package dev.datapipeline.environment.service;

import dev.datapipeline.environment.build.EnvironmentFolders;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.environment.store.EnvironmentRepository;
import dev.datapipeline.environment.store.EnvironmentStatus;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Environments for those who need them. */
@Singleton
public class Environments {
    private static final Logger LOG = Logger.getLogger(Environments.class);
    /** The end of a build by another process is seen after this time. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final EnvironmentRepository repository;
    private final EnvironmentFolders folders;
    private final FolderGuard guard;
    private final EnvironmentConfig config;
    private final Event<EnvironmentWanted> wanted;
    private final Ticker ticker;
    private final Object ends = new Object();

    Environments(
            EnvironmentRepository repository,
            EnvironmentFolders folders,
            FolderGuard guard,
            EnvironmentConfig config,
            Event<EnvironmentWanted> wanted,
            Ticker ticker) {
        this.repository = repository;
        this.folders = folders;
        this.guard = guard;
        this.config = config;
        this.wanted = wanted;
        this.ticker = ticker;
    }

    /**
     * The environment for what is declared: the newest one of the same declaration while its lock is young enough, else a new one, which will
     * be built. It may have failed a moment ago.
     *
     * @return empty where nothing is declared
     * @throws ProblemException TOO_MANY_REQUESTS
     */
    public Optional<UUID> ask(DeclaredPackages declared) {
        return isNothing(declared) ? Optional.empty() : Optional.of(ask(declared, false));
    }

    /** The same, but versions of packages are resolved anew. */
    public Optional<UUID> askAnew(DeclaredPackages declared) {
        return isNothing(declared) ? Optional.empty() : Optional.of(ask(declared, true));
    }

    /** A version of Python that is required is worth a check although no package is needed. */
    private static boolean isNothing(DeclaredPackages declared) {
        return declared.isEmpty() && declared.requiresPython().isEmpty();
    }

    private UUID ask(DeclaredPackages declared, boolean isAnew) {
        UUID id = repository.ask(declared, config.relockAfter(), isAnew).orElseThrow(Environments::tooMany);
        wanted.fire(new EnvironmentWanted());
        return id;
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                        ProblemType.TOO_MANY_REQUESTS,
                        "%,d environments are to be built, and no more are allowed. Wait for some of them."
                                .formatted(EnvironmentRepository.MAX_OPEN))
                .retryAfter(RETRY_AFTER);
    }

    /**
     * Keeps to an environment that was asked for before, for example by the version of a pipeline. Its files are made again where they were
     * removed.
     *
     * @return empty where it has failed: then it is worth another try by what is declared
     */
    public Optional<UUID> keep(UUID id) {
        repository.use(id);
        Optional<Environment> found = repository.find(id).filter(each -> each.status() != EnvironmentStatus.FAILED);
        if (found.isPresent() && found.get().status().isOpen()) {
            wanted.fire(new EnvironmentWanted());
        }
        return found.map(Environment::id);
    }

    /** The same as {@link #keep}, or by what is declared where that has failed. */
    public UUID keepOrAsk(UUID id) {
        return keep(id).orElseGet(() -> ask(find(id).declaration().packages(), false));
    }

    /** @throws ProblemException NOT_FOUND */
    public Environment find(UUID id) {
        return repository.find(id).orElseThrow(() -> ProblemException.notFound("environment"));
    }

    /** Whether two environments, or an environment and a declaration, ask for the same. */
    public boolean isFor(UUID id, DeclaredPackages declared) {
        return repository
                .declarationKey(id)
                .filter(key -> key.equals(declared.key()))
                .isPresent();
    }

    /** Lets packages be resolved again at once that could not be resolved a short time ago, for example because a wheel was uploaded. */
    public void forgetFailures() {
        repository.forgetFailures();
    }

    /** Waits until the environment is READY or has failed, or the time is over; returns how it is then. */
    public Environment await(UUID id, Duration longest) throws InterruptedException {
        Deadline deadline = ticker.deadlineIn(longest);
        while (true) {
            Environment environment = find(id);
            if (!environment.status().isOpen() || deadline.isOver()) {
                return environment;
            }
            synchronized (ends) {
                ticker.await(ends, Deadline.earlier(deadline, ticker.deadlineIn(LONGEST_WAIT)));
            }
        }
    }

    void ended(@Observes EnvironmentEnded ended) {
        synchronized (ends) {
            ends.notifyAll();
        }
    }

    /** Files of an environment that stay until this is closed. */
    public interface Use extends AutoCloseable {
        /** Name of the folder. */
        String folder();

        @Override
        void close();
    }

    /** Takes the files of an environment into use; empty when it is not READY, or its files are damaged and will be made again. */
    public Optional<Use> use(UUID id) throws IOException {
        Optional<FolderGuard.Hold> hold = guard.tryUse(id);
        if (hold.isEmpty()) {
            return Optional.empty();
        }
        boolean isTaken = false;
        try {
            Optional<Use> use = find(id).status() == EnvironmentStatus.READY
                    ? Optional.ofNullable(find(id).files())
                            .map(Environment.Files::folder)
                            .filter(folder -> isUsable(id, folder))
                            .map(folder -> new Held(folder, hold.get()))
                    : Optional.empty();
            isTaken = use.isPresent();
            return use;
        } finally {
            if (!isTaken) {
                hold.get().close();
            }
        }
    }

    private record Held(String folder, FolderGuard.Hold hold) implements Use {
        @Override
        public void close() {
            hold.close();
        }
    }

    /** The files are compared with their manifest once more before the next use. */
    public void checkAgain(UUID id) {
        Environment.Files files = find(id).files();
        if (files != null) {
            guard.forget(files.folder());
        }
    }

    /** Compares the files with their manifest, once for each start of the service. Damaged ones are made again. */
    public boolean isUsable(UUID id, String folder) {
        if (guard.isVerified(folder)) {
            return true;
        }
        if (folders.isIntact(folder)) {
            guard.verified(folder);
            return true;
        }
        LOG.warnf("the files of environment %s are damaged or gone, they are made again", id);
        if (repository.buildAgain(id)) {
            wanted.fire(new EnvironmentWanted());
        }
        return false;
    }
}
