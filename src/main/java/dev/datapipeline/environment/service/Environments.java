package dev.datapipeline.environment.service;

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
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Environments for those who need them. */
@Singleton
public class Environments {
    /** The end of a build by another process is seen after this time. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** Who has asked for an environment so long ago, and waits for it no more, makes room for others when there are too many. */
    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final EnvironmentRepository repository;
    private final EnvironmentRemovals removals;
    private final EnvironmentConfig config;
    private final Event<EnvironmentWanted> wanted;
    private final Ticker ticker;
    private final Object ends = new Object();

    public Environments(
            EnvironmentRepository repository,
            EnvironmentRemovals removals,
            EnvironmentConfig config,
            Event<EnvironmentWanted> wanted,
            Ticker ticker) {
        this.repository = repository;
        this.removals = removals;
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
    public Optional<UUID> ask(UUID project, DeclaredPackages declared) {
        return declared.isNothing() ? Optional.empty() : Optional.of(ask(project, declared, false));
    }

    /** The same, but versions of packages are resolved anew. */
    public Optional<UUID> askAnew(UUID project, DeclaredPackages declared) {
        return declared.isNothing() ? Optional.empty() : Optional.of(ask(project, declared, true));
    }

    private UUID ask(UUID project, DeclaredPackages declared, boolean isAnew) {
        UUID id = repository
                .ask(project, declared, config.relockAfter(), isAnew)
                .or(() -> askOnceMore(project, declared, isAnew))
                .orElseThrow(Environments::tooMany);
        wanted.fire(new EnvironmentWanted());
        return id;
    }

    private Optional<UUID> askOnceMore(UUID project, DeclaredPackages declared, boolean isAnew) {
        return removals.abandon(SHORTEST_PATIENCE) == 0
                ? Optional.empty()
                : repository.ask(project, declared, config.relockAfter(), isAnew);
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
     * removed, or could not be made. What it was resolved to never changes by that, even if it fails again.
     *
     * @return empty where it could not be resolved: then it is worth another try by what is declared
     */
    public Optional<UUID> keep(UUID id) {
        repository.use(id);
        repository.tryAgain(id);
        Optional<Environment> found = repository.find(id).filter(Environments::isResolvable);
        if (found.isPresent() && found.get().status().isOpen()) {
            wanted.fire(new EnvironmentWanted());
        }
        return found.map(Environment::id);
    }

    private static boolean isResolvable(Environment environment) {
        return environment.status() != EnvironmentStatus.FAILED || environment.lock() != null;
    }

    /** The same as {@link #keep}, or by what is declared where that has failed. */
    public UUID keepOrAsk(UUID id) {
        return keep(id).orElseGet(
                        () -> ask(projectOf(id), find(id).declaration().packages(), false));
    }

    /** @throws ProblemException NOT_FOUND */
    public Environment find(EnvironmentRef ref) {
        return find(ref.id());
    }

    /** The log without its first {@code from} characters (code points). */
    public String log(EnvironmentRef ref, long from) {
        return repository.log(ref.id(), from);
    }

    /** For what the service does by itself, and environments that runs and pipelines refer to. */
    public Environment find(UUID id) {
        return repository.find(id).orElseThrow(() -> ProblemException.notFound("environment"));
    }

    /**
     * The project whose members may see it.
     *
     * @throws ProblemException NOT_FOUND
     */
    UUID projectOf(UUID id) {
        return repository.project(id).orElseThrow(() -> ProblemException.notFound("environment"));
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
}
