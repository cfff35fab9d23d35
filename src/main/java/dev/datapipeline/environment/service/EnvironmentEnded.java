package dev.datapipeline.environment.service;

import java.util.UUID;

/** Fired after an environment has become READY or FAILED and that is committed. */
public record EnvironmentEnded(UUID environment) {}
