package dev.datapipeline.pipeline.check;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datapipeline.environment.options.EnvironmentRules;
import dev.datapipeline.pipeline.Pipeline;
import dev.datapipeline.pipeline.StageScript;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.sandbox.ChecksBusyException;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.image.BaseImages;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Checks the scripts of a pipeline in a sandbox before the pipeline is accepted. Not to be called in a transaction, because it may wait. */
@Singleton
public class PipelineChecker {
    private static final Logger LOG = Logger.getLogger(PipelineChecker.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** Time to check all scripts of a pipeline; a check that has begun may take longer. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(30);

    private static final long MAX_CHARACTERS = 8_000_000;

    private final Sandboxes sandboxes;
    private final EnvironmentRules environments;
    private final Ticker ticker;

    /** A script and the image whose Python has looked at it. */
    private record Checked(String image, String source) {}

    /** Results by script, because most pipelines are submitted again and again. */
    private final Cache<Checked, List<ScriptProblem>> found = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Checked script, List<ScriptProblem> problems) -> script.source.length() + 1)
            .build();

    PipelineChecker(Sandboxes sandboxes, EnvironmentRules environments, Ticker ticker) {
        this.sandboxes = sandboxes;
        this.environments = environments;
        this.ticker = ticker;
    }

    /**
     * Checks the image and the memory that are chosen, and every script with its Python; warnings pass.
     *
     * @param pointer where the pipeline stands in the document of the client, empty for the whole
     * @throws ProblemException UNKNOWN_IMAGE, OUT_OF_RANGE, SCRIPT_SYNTAX or SCRIPT_CONTRACT with every error found, SANDBOX_UNAVAILABLE
     */
    public void check(Pipeline pipeline, String pointer) {
        environments.require(pipeline.environment(), pointer + "/environment");
        List<FieldError> errors = new ArrayList<>();
        ProblemType type = ProblemType.SCRIPT_CONTRACT;
        Deadline deadline = ticker.deadlineIn(CHECK_TIMEOUT);
        for (StageScript stage : pipeline.stages()) {
            for (ScriptProblem problem :
                    check(new Checked(pipeline.image(), stage.script().source()), deadline)) {
                if (problem.isError()) {
                    errors.add(new FieldError(pointer + stage.pointer() + "/source", describe(problem)));
                    type = problem.code().equals(ProblemType.SCRIPT_SYNTAX.name()) ? ProblemType.SCRIPT_SYNTAX : type;
                }
            }
        }
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            throw new ProblemException(type, first.pointer() + ", " + first.message() + ".", errors);
        }
    }

    /** @throws ProblemException SANDBOX_UNAVAILABLE */
    List<ScriptProblem> check(String source) {
        return check(new Checked(BaseImages.DEFAULT, source), ticker.deadlineIn(CHECK_TIMEOUT));
    }

    private List<ScriptProblem> check(Checked script, Deadline deadline) {
        List<ScriptProblem> known = found.getIfPresent(script);
        if (known != null) {
            return known;
        }
        if (deadline.isOver()) {
            throw busy(
                    "These scripts take long to check: " + CHECK_TIMEOUT.toSeconds() + " s were not enough for all.");
        }
        List<ScriptProblem> problems = ask(script);
        found.put(script, problems);
        return problems;
    }

    private List<ScriptProblem> ask(Checked script) {
        try {
            return List.copyOf(sandboxes.check(script.image, script.source));
        } catch (ChecksBusyException busy) {
            throw busy(String.valueOf(busy.getMessage()));
        } catch (SandboxFailureException failure) {
            LOG.warnf("A script could not be checked, %s: %s", failure.failure(), failure.getMessage());
            throw failure.failure() == SandboxFailure.IMAGE ? withoutImage(failure) : unavailable();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static ProblemException busy(String why) {
        return new ProblemException(
                        ProblemType.SANDBOX_UNAVAILABLE,
                        why
                                + " Send the request again in a few seconds; scripts that were checked already are not checked again.")
                .retryAfter(RETRY_AFTER);
    }

    private static String describe(ScriptProblem problem) {
        return "line %d, column %d: %s".formatted(problem.line(), problem.column(), problem.message());
    }

    private static ProblemException withoutImage(SandboxFailureException failure) {
        return new ProblemException(ProblemType.SANDBOX_UNAVAILABLE, String.valueOf(failure.getMessage()))
                .retryAfter(RETRY_AFTER);
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                        ProblemType.SANDBOX_UNAVAILABLE,
                        "No sandbox is available to check the scripts; the log of the service says why. Try again soon.")
                .retryAfter(RETRY_AFTER);
    }
}
