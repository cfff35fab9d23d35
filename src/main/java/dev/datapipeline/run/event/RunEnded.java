package dev.datapipeline.run.event;

import java.util.UUID;

/** Fired after a run has become final and that is committed. */
public record RunEnded(UUID run) {}
