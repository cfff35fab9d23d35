package dev.datapipeline.environment.wheel.store;

import java.util.Set;

/** Says which wheels must stay although nobody has them open: those of locks that somebody may build again. */
public interface WheelProtection {
    /** Hashes of all wheels that must stay. Asked before wheels are removed; may block. */
    Set<String> protectedHashes();
}
