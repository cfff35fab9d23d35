package dev.datapipeline.trial;

import dev.datapipeline.environment.service.Environments;
import dev.datapipeline.environment.store.Environment;
import dev.datapipeline.http.download.Client;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
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
    private final UUID id;
    private final Ticker ticker;

    TrialEnvironment(Environments environments, UUID id, Ticker ticker) {
        this.environments = environments;
        this.id = id;
        this.ticker = ticker;
    }

    /**
     * Waits for the environment; its files stay until the answer is closed.
     *
     * @throws ProblemException ENVIRONMENT_NOT_READY after that time, or why it cannot be built
     */
    Environments.Use open(Duration longest, Client client) throws IOException, InterruptedException {
        Deadline deadline = ticker.deadlineIn(longest);
        while (true) {
            Environment environment = environments.await(id, shorter(deadline.left()));
            client.requirePresent();
            Optional<Environments.Use> use = take(environment);
            if (use.isPresent()) {
                return use.get();
            }
            if (deadline.isOver()) {
                throw notReady(longest);
            }
        }
    }

    private Optional<Environments.Use> take(Environment environment) throws IOException {
        return switch (environment.status()) {
            case RESOLVING, BUILDING -> Optional.empty();
            case READY -> environments.use(id);
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

    private ProblemException notReady(Duration longest) {
        return new ProblemException(
                        ProblemType.ENVIRONMENT_NOT_READY,
                        "The packages of the scripts are not ready after %d s; they are still being installed. Try again soon."
                                .formatted(longest.toSeconds()))
                .withEnvironment(id)
                .retryAfter(RETRY_AFTER);
    }
}
