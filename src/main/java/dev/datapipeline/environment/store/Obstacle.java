package dev.datapipeline.environment.store;

/** What keeps an environment from being built for now. */
public enum Obstacle {
    /** A package index cannot be reached, or refuses us. */
    INDEX,
    DOCKER,
    DISK,
    /** The builder or the service failed unexpectedly. */
    SERVICE
}
