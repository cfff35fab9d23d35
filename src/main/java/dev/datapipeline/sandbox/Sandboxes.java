package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import java.util.List;

/** Leases sandboxes. Thread-safe. */
public interface Sandboxes {
    /**
     * Leases a sandbox that has loaded the pipeline: an idle one of the owner, else a warm one, else a new one. The sandbox belongs to the
     * owner from then on.
     *
     * @throws PipelineRefusedException the engine cannot run this pipeline; trying again will not help
     * @throws SandboxFailureException no sandbox is available; trying again later may help
     */
    SandboxLease lease(SandboxRequest request)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException;

    /** Destroys every sandbox of the owner, also leased ones: their batch ends with {@link SandboxFailure#CLOSED}. Returns at once. */
    void release(SandboxOwner owner);

    /**
     * Parses a script in a sandbox without executing it.
     *
     * @param image name of the base image, whose Python decides
     * @return problems in the order of their lines; empty when the script can be used
     * @throws ChecksBusyException too many scripts are being checked
     */
    List<ScriptProblem> check(String image, String source)
            throws SandboxFailureException, ChecksBusyException, InterruptedException;
}
