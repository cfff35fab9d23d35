package dev.datapipeline.trial;

import dev.datapipeline.environment.service.EnvironmentFiles;
import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The environment of a trial. */
final class TrialEnvironment {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration CLIENT_POLL_INTERVAL = Duration.ofMillis(500);

    private final Environments environments;
    private final EnvironmentFiles files;
    private final UUID id;
    private final Ticker ticker;

    TrialEnvironment(Environments environments, EnvironmentFiles files, UUID id, Ticker ticker) {
        this.environments = environments;
        this.files = files;
        this.id = id;
        this.ticker = ticker;
    }

    /** Runs a trial with the files of the environment. */
    interface Work {
        void run(EnvironmentFiles.Use use)
                throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException;
    }

    /**
     * Waits for the environment and keeps its files as long as the work takes. A sandbox that does not find them has them checked, and the
     * work is done once more.
     *
     * @throws ProblemException ENVIRONMENT_NOT_READY after that time, or why it cannot be built
     */
    void use(Duration longest, Client client, Work work)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        Deadline deadline = ticker.deadlineIn(longest);
        if (finds(work, deadline, client)) {
            return;
        }
        files.checkAgain(id);
        if (!finds(work, deadline, client)) {
            files.checkAgain(id);
            throw notReady();
        }
    }

    /** Does the work; returns false when the sandbox has not found the files. */
    private boolean finds(Work work, Deadline deadline, Client client)
            throws PipelineRefusedException, SandboxFailureException, IOException, InterruptedException {
        try (EnvironmentFiles.Use use = open(deadline, client)) {
            work.run(use);
            return true;
        } catch (PipelineRefusedException refused) {
            if (!refused.error().tellsOfMissingEnvironment()) {
                throw refused;
            }
            return false;
        }
    }

    private EnvironmentFiles.Use open(Deadline deadline, Client client)
            throws SandboxFailureException, IOException, InterruptedException {
        try (EnvironmentFiles.Waiting waiting = files.waitFor(id)) {
            while (true) {
                Environment environment = environments.await(id, shorter(deadline.left()));
                client.requirePresent();
                Optional<EnvironmentFiles.Use> use = take(environment);
                if (use.isPresent()) {
                    return use.get();
                }
                if (deadline.isOver()) {
                    throw notReady();
                }
            }
        }
    }

    private Optional<EnvironmentFiles.Use> take(Environment environment)
            throws SandboxFailureException, InterruptedException {
        return switch (environment.status()) {
            case RESOLVING, BUILDING -> Optional.empty();
            case READY -> files.use(id);
            case EVICTED -> {
                environments.keep(id);
                yield Optional.empty();
            }
            case FAILED -> throw failed(environment);
        };
    }

    private static Duration shorter(Duration left) {
        return left.compareTo(CLIENT_POLL_INTERVAL) < 0 ? left : CLIENT_POLL_INTERVAL;
    }

    private ProblemException failed(Environment environment) {
        Environment.Failure failure = environment.failure();
        if (failure == null) {
            throw new IllegalStateException("environment " + id + " has failed without a reason");
        }
        return new ProblemException(ProblemType.valueOf(failure.code()), failure.message()).withEnvironment(id);
    }

    private ProblemException notReady() {
        return new ProblemException(
                        ProblemType.ENVIRONMENT_NOT_READY,
                        "The packages of the scripts are not ready yet; they are still being installed. Try again soon.")
                .withEnvironment(id)
                .retryAfter(RETRY_AFTER);
    }
}
