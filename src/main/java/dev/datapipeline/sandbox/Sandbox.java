package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import java.io.IOException;
import java.util.List;

/**
 * A sandbox that runs, with no pipeline in it yet or that of one owner. One thread at a time makes requests; {@link #abort()} may be called
 * by any thread.
 */
public interface Sandbox {
    /** Identifies the sandbox over all services and time; lower-case letters, digits and dashes. */
    String id();

    /** Whether the sandbox lives and can take the next request. Does not wait. */
    boolean isReady();

    /** Parses a script without executing it. */
    List<ScriptProblem> check(String source) throws SandboxFailureException;

    /** Has modules of an environment imported before there is a pipeline, which must be of this environment then. Does not wait. */
    void prime(Priming priming) throws SandboxFailureException;

    /** Changes how many bytes all processes in the sandbox may take together. Called before a pipeline is loaded. */
    void limitMemory(long bytes) throws SandboxFailureException, InterruptedException;

    /**
     * Loads the pipeline that all batches of this sandbox run. Called once.
     *
     * @return the modules of its environment that the scripts import before they do anything else, as {@link Priming} needs them
     */
    List<String> load(PipelineSource pipeline)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException;

    /**
     * Streams the records in and the results out; returns when the engine has said DONE and the counts match.
     *
     * @throws SandboxFailureException the sandbox died, was aborted or broke the protocol; what the output received is void
     * @throws IOException the input or the output failed; what the output received is void
     */
    BatchSummary run(BatchExchange exchange) throws SandboxFailureException, IOException;

    /** Closes the connection at once: the engine exits, a request under way ends with CLOSED. The sandbox still has to be removed. */
    void abort();

    /** Removes the sandbox for good; takes a while. Never fails: {@code OrphanSweeper} removes what cannot be removed now. */
    void remove();
}
