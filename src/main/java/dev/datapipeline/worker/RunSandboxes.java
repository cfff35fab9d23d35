package dev.datapipeline.worker;

import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.BatchRepository;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.PipelineRefusedException;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Borrows sandboxes for runs: shared by the batches of a run, or one for each batch where the run asks for that.
 *
 * <p>A run may end, and even be retried with other scripts, between the claim of a batch and the loan of its sandbox. Then the release came too early, so a run is looked at once
 * more for each sandbox that is new to it.
 */
@Singleton
class RunSandboxes {
    private final Sandboxes sandboxes;
    private final BatchRepository batches;
    private final Map<UUID, Set<String>> known = new ConcurrentHashMap<>();
    private final Map<UUID, Set<UUID>> isolated = new ConcurrentHashMap<>();

    RunSandboxes(Sandboxes sandboxes, BatchRepository batches) {
        this.sandboxes = sandboxes;
        this.batches = batches;
    }

    /** @throws SandboxFailureException also with {@link SandboxFailure#CLOSED} when the run is over */
    Sandbox borrow(RunSpec spec) throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        if (spec.isolatesBatches()) {
            return borrowForOneBatch(spec);
        }
        Sandbox sandbox = sandboxes.borrow(spec.run(), spec.pipeline());
        if (of(known, spec.run()).add(sandbox.id())) {
            refuseWhenOver(spec, sandbox);
        }
        return sandbox;
    }

    private Sandbox borrowForOneBatch(RunSpec spec)
            throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        UUID key = UUID.randomUUID();
        of(isolated, spec.run()).add(key);
        boolean isLent = false;
        try {
            Sandbox sandbox =
                    new SandboxOfOneBatch(sandboxes.borrow(key, spec.pipeline()), () -> drop(spec.run(), key));
            isLent = true;
            refuseWhenOver(spec, sandbox);
            return sandbox;
        } finally {
            if (!isLent) {
                drop(spec.run(), key);
            }
        }
    }

    private void refuseWhenOver(RunSpec spec, Sandbox sandbox) throws SandboxFailureException {
        boolean isOpen = false;
        try {
            isOpen = batches.isOpen(spec.run(), spec.retries());
            if (!isOpen) {
                // Before the sandbox comes back: it may have scripts that a retry has replaced.
                release(spec.run());
            }
        } finally {
            if (!isOpen) {
                sandbox.close();
            }
        }
        if (!isOpen) {
            throw new SandboxFailureException(SandboxFailure.CLOSED, "The run is over.", null);
        }
    }

    void release(@Observes RunEnded ended) {
        release(ended.run());
    }

    private void release(UUID run) {
        sandboxes.release(run);
        known.remove(run);
        Set<UUID> keys = isolated.remove(run);
        if (keys != null) {
            keys.forEach(sandboxes::release);
        }
    }

    private void drop(UUID run, UUID key) {
        sandboxes.release(key);
        Set<UUID> keys = isolated.get(run);
        if (keys != null) {
            keys.remove(key);
        }
    }

    private static <T> Set<T> of(Map<UUID, Set<T>> sets, UUID run) {
        return sets.computeIfAbsent(run, absent -> ConcurrentHashMap.newKeySet());
    }
}
