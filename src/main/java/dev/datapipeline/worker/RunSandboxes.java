package dev.datapipeline.worker;

import dev.datapipeline.llm.call.CallScope.Kind;
import dev.datapipeline.llm.call.ModelAccess;
import dev.datapipeline.llm.gateway.ModelGateway;
import dev.datapipeline.llm.ledger.pause.RunMustPause;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.run.PauseReason;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.event.RunEnded;
import dev.datapipeline.run.event.RunPaused;
import dev.datapipeline.run.store.batch.BatchRepository;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.pipeline.PipelineSource;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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
    private final Consumer<RunMustPause> pause;
    /** Ids of the sandboxes whose run was checked, by owner. */
    private final Map<SandboxOwner, Set<String>> known = new ConcurrentHashMap<>();

    @Inject
    RunSandboxes(Sandboxes sandboxes, BatchRepository batches, ModelGateway models, Event<RunMustPause> pauses) {
        this(sandboxes, batches, models, pauses::fire);
    }

    /** @param pause returns when the run is paused */
    RunSandboxes(Sandboxes sandboxes, BatchRepository batches, ModelGateway models, Consumer<RunMustPause> pause) {
        this.sandboxes = sandboxes;
        this.batches = batches;
        this.models = models;
        this.pause = pause;
    }

    /** @throws SandboxFailureException also with {@link SandboxFailure#CLOSED} when the run is paused or over */
    SandboxLease lease(RunSpec spec) throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        SandboxOwner owner = new SandboxOwner(spec.run().id(), spec.retries());
        Set<String> checked = known.computeIfAbsent(owner, absent -> ConcurrentHashMap.newKeySet());
        SandboxLease lease = sandboxes.lease(
                new SandboxRequest(owner, pipeline(spec), spec.isolatesBatches(), spec.base(), spec.memory()));
        if (spec.isolatesBatches() || checked.add(lease.id())) {
            refuseWhenOver(owner, lease);
        }
        return lease;
    }

    /** The pipeline, with a way to the models that its scripts may call. */
    private PipelineSource pipeline(RunSpec spec) throws SandboxFailureException {
        ModelAccess access = spec.models();
        if (access == null) {
            return spec.pipeline();
        }
        UUID run = spec.run().id();
        Optional<OutboundAccess> outbound = models.access(access.scope(Kind.RUN, run));
        if (outbound.isEmpty()) {
            pause.accept(withoutUpstream(run, access.upstream()));
            throw closed();
        }
        return () -> spec.pipeline().open().withOutbound(outbound.get());
    }

    private static RunMustPause withoutUpstream(UUID run, String upstream) {
        String message =
                "The scripts call models of the upstream %s, which the settings no longer have. Once an administrator has configured it again, resume the run."
                        .formatted(upstream);
        return new RunMustPause(run, PauseReason.UPSTREAM_REMOVED, null, message);
    }

    private static SandboxFailureException closed() {
        return new SandboxFailureException(SandboxFailure.CLOSED, "The run is paused or over.", null);
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
            throw closed();
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
