package dev.datapipeline.environment.wheel.store;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.Set;

/** Protects nothing; stands in where no locks are stored. */
@Singleton
@DefaultBean
final class NoProtection implements WheelProtection {
    @Override
    public Set<String> protectedHashes() {
        return Set.of();
    }
}
