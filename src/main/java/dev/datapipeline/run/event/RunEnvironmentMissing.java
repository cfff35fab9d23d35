package dev.datapipeline.run.event;

import java.util.UUID;

/** A sandbox has not found the environment of a run. */
public record RunEnvironmentMissing(UUID run) {}
