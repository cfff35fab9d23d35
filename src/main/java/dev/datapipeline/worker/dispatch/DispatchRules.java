package dev.datapipeline.worker.dispatch;

import dev.datapipeline.sandbox.PoolSettings;
import dev.datapipeline.sandbox.SandboxConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@Singleton
final class DispatchRules {
    /** As many batches at most as there are sandboxes for runs, and one more than there are slots in any case. */
    @Produces
    @Singleton
    SlotRules slotRules(DispatchConfig config, SandboxConfig sandboxes) {
        int slots = config.effectiveSlots();
        int forRuns =
                Math.min(DispatchConfig.MAX_SLOTS, PoolSettings.of(sandboxes).forRuns());
        return new SlotRules(slots, Math.max(slots + 1, forRuns), config.turn());
    }
}
