package dev.datapipeline.run;

import java.util.UUID;

/** Fired after a run has become final and that is committed. */
public record RunEnded(UUID run) {}
