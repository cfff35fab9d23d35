package dev.datapipeline.environment.service;

import dev.datapipeline.environment.store.EnvironmentUses;
import dev.datapipeline.environment.wheel.store.WheelProtection;
import jakarta.inject.Singleton;
import java.util.Set;

/** Keeps the wheels of every lock in the store, so that its environment can be built again. */
@Singleton
final class LockedWheels implements WheelProtection {
    private final EnvironmentUses uses;

    LockedWheels(EnvironmentUses uses) {
        this.uses = uses;
    }

    @Override
    public Set<String> protectedHashes() {
        return uses.lockedWheels();
    }
}
