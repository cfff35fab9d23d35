package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import java.util.List;
import java.util.UUID;

/** Hands out sandboxes. Thread-safe. */
public interface Sandboxes {
    /**
     * Lends a sandbox with the pipeline loaded: an idle one of this run, else a warm one, else a new one. It belongs to the run from then on.
     *
     * @param pipeline opened only where a sandbox has to load it
     * @throws PipelineRefusedException the engine cannot run this pipeline; trying again will not help
     * @throws SandboxFailureException no sandbox could be had; trying again later may help
     */
    Sandbox borrow(UUID run, PipelineSource pipeline)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException;

    /** Destroys every sandbox of the run, those on loan too: their batch ends with {@link SandboxFailure#CLOSED}. Returns at once. */
    void release(UUID run);

    /**
     * Parses a script in a sandbox without executing it.
     *
     * @return problems in the order of their lines; empty when the script can be used
     * @throws ChecksBusyException too many others are being checked
     */
    List<ScriptProblem> check(String source) throws SandboxFailureException, ChecksBusyException, InterruptedException;
}
