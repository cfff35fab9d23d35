package dev.datapipeline.worker;

import dev.datapipeline.run.RunEnded;
import dev.datapipeline.run.RunPlan;
import dev.datapipeline.sandbox.BatchInput;
import dev.datapipeline.sandbox.BatchOutput;
import dev.datapipeline.sandbox.BatchSummary;
import dev.datapipeline.sandbox.PipelineRefusedException;
import dev.datapipeline.sandbox.Sandbox;
import dev.datapipeline.sandbox.SandboxFailureException;
import dev.datapipeline.sandbox.Sandboxes;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Borrows sandboxes for runs: shared by the batches of a run, or one for each batch where the run asks for that. */
@Singleton
class RunSandboxes {
    private final Sandboxes sandboxes;
    /** Keys under which batches of an isolating run hold sandboxes. */
    private final Map<UUID, Set<UUID>> isolated = new ConcurrentHashMap<>();

    RunSandboxes(Sandboxes sandboxes) {
        this.sandboxes = sandboxes;
    }

    Sandbox borrow(RunPlan plan) throws PipelineRefusedException, SandboxFailureException, InterruptedException {
        if (!plan.isolatesBatches()) {
            return sandboxes.borrow(plan.run(), plan.pipeline());
        }
        UUID key = UUID.randomUUID();
        isolated.computeIfAbsent(plan.run(), absent -> ConcurrentHashMap.newKeySet())
                .add(key);
        return new OneBatch(sandboxes.borrow(key, plan.pipeline()), key);
    }

    void release(@Observes RunEnded ended) {
        sandboxes.release(ended.run());
        Set<UUID> keys = isolated.remove(ended.run());
        if (keys != null) {
            keys.forEach(sandboxes::release);
        }
    }

    /** A sandbox that nobody gets after this batch. */
    private final class OneBatch implements Sandbox {
        private final Sandbox sandbox;
        private final UUID key;

        OneBatch(Sandbox sandbox, UUID key) {
            this.sandbox = sandbox;
            this.key = key;
        }

        @Override
        public String id() {
            return sandbox.id();
        }

        @Override
        public BatchSummary run(BatchInput input, BatchOutput output) throws SandboxFailureException, IOException {
            return sandbox.run(input, output);
        }

        @Override
        public void close() {
            sandbox.close();
            sandboxes.release(key);
        }
    }
}
