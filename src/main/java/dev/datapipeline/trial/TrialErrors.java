package dev.datapipeline.trial;

import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What a trial answers that could not run to its end. */
final class TrialErrors {
    private static final Logger LOG = Logger.getLogger(TrialErrors.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private TrialErrors() {}

    /** A failure that the scripts caused is an answer; a failure of the infrastructure is a problem. */
    static ScriptError of(SandboxFailureException failed) {
        return switch (failed.failure()) {
            case PROTOCOL_VIOLATION, ENGINE_DIED -> error(failed.failure().name(), failed.getMessage());
            case DOCKER, NO_SPACE, IMAGE, ISOLATION, CLOSED -> {
                LOG.warnf("A trial got no sandbox: %s: %s", failed.failure(), failed.getMessage());
                throw unavailable(
                        "No sandbox is available for the trial; the log of the service says why. Try again soon.");
            }
        };
    }

    static ScriptError tooLong(Duration limit) {
        return error("TRIAL_TIMEOUT", "Stopped after %d s. Try fewer records.".formatted(limit.toSeconds()));
    }

    static ScriptError tooLarge(long maxBytes) {
        return error(
                "TRIAL_TOO_LARGE",
                "The results of a trial have at most %,d bytes together. The records after that are left out. Try fewer or shorter records."
                        .formatted(maxBytes));
    }

    static ProblemException unavailable(String message) {
        return new ProblemException(ProblemType.SANDBOX_UNAVAILABLE, message).retryAfter(RETRY_AFTER);
    }

    private static ScriptError error(String type, String message) {
        return new ScriptError(null, null, type, message, null, null, null);
    }
}
