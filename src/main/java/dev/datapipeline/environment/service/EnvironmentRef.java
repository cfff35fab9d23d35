package dev.datapipeline.environment.service;

import java.util.UUID;

/** An environment that whoever holds this may reach. {@link VisibleEnvironments} makes one for a caller; the architecture test names who may. */
public record EnvironmentRef(UUID id) {}
