package dev.datapipeline.run.event;

import java.util.UUID;

/** Fired after a run was deleted and that is committed. */
public record RunDeleted(UUID run) {}
