package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.BatchSummary;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.io.IOException;
import java.util.List;

/**
 * A sandbox that runs, with nothing of a user in it yet or the pipeline of one run. Requests come from one thread at a time; {@link #end()} may
 * come from any and ends a request with {@link SandboxFailure#CLOSED}.
 */
public interface RunningSandbox {
    String id();

    /** Whether it lives and can take the next request; quick. */
    boolean isReady();

    List<ScriptProblem> check(String source) throws SandboxFailureException;

    /** Once. */
    void load(PipelineSource pipeline) throws PipelineRefusedException, SandboxFailureException, InterruptedException;

    BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException, IOException;

    /** Cuts it off, at once; the engine ends by itself then. It is still to be removed. */
    void end();

    /** Removes it for good; takes a while. Never fails: what cannot be removed now is left to {@code OrphanSweeper}. */
    void remove();
}
