package dev.datapipeline.worker;

import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.llm.gateway.ModelGateway;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunPaused;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.PipelineSource;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leases sandboxes for runs.
 *
 * <p>A run may end or be paused between the claim of a batch and the lease of its sandbox. Its sandboxes were released too early then, so the run is
 * checked once more for each sandbox that is new to it.
 */
@Singleton
class RunSandboxes {
    private final Sandboxes sandboxes;
    private final BatchRepository batches;
    private final ModelGateway models;
    /** Ids of the sandboxes whose run was checked, by owner. */
    private final Map<SandboxOwner, Set<String>> known = new ConcurrentHashMap<>();

    RunSandboxes(Sandboxes sandboxes, BatchRepository batches, ModelGateway models) {
        this.sandboxes = sandboxes;
        this.batches = batches;
        this.models = models;
    }

    /** @throws SandboxFailureException also with {@link SandboxFailure#CLOSED} when the run is paused or over */
    SandboxLease lease(RunSpec spec) throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        SandboxOwner owner = new SandboxOwner(spec.run().id(), spec.retries());
        Set<String> checked = known.computeIfAbsent(owner, absent -> ConcurrentHashMap.newKeySet());
        SandboxLease lease = sandboxes.lease(new SandboxRequest(owner, pipeline(spec), spec.isolatesBatches()));
        if (spec.isolatesBatches() || checked.add(lease.id())) {
            refuseWhenOver(owner, lease);
        }
        return lease;
    }

    /** The pipeline, with a way to the models that its scripts may call. */
    private PipelineSource pipeline(RunSpec spec) throws PipelineRefusedException {
        ModelAccess access = spec.models();
        if (access == null) {
            return spec.pipeline();
        }
        OutboundAccess outbound = models.access(
                        access.scope(Kind.RUN, spec.run().id()))
                .orElseThrow(() -> new PipelineRefusedException(noUpstream(access.upstream())));
        return () -> spec.pipeline().open().withOutbound(outbound);
    }

    private static ScriptError noUpstream(String name) {
        String message = "The scripts call models of the upstream \"" + name
                + "\", which the settings no longer have. Configure it again, or submit the run with another one.";
        return new ScriptError(null, null, "UNKNOWN_UPSTREAM", message, null, null, null);
    }

    private void refuseWhenOver(SandboxOwner owner, SandboxLease lease) throws SandboxFailureException {
        boolean isActive = false;
        try {
            isActive = batches.isActive(owner.run(), owner.retries());
            if (!isActive) {
                release(owner);
            }
        } finally {
            if (!isActive) {
                lease.close();
            }
        }
        if (!isActive) {
            throw new SandboxFailureException(SandboxFailure.CLOSED, "The run is paused or over.", null);
        }
    }

    void release(@Observes RunEnded ended) {
        releaseAll(ended.run());
    }

    void release(@Observes RunPaused paused) {
        releaseAll(paused.run());
    }

    private void releaseAll(UUID run) {
        for (SandboxOwner owner : known.keySet()) {
            if (owner.run().equals(run)) {
                release(owner);
            }
        }
    }

    private void release(SandboxOwner owner) {
        known.remove(owner);
        sandboxes.release(owner);
    }
}
