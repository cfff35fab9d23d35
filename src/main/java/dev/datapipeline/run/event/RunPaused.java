package dev.datapipeline.run.event;

import java.util.UUID;

/** Fired after a run was paused and that is committed, or could not be committed: its sandboxes must stop in any case. */
public record RunPaused(UUID run) {}
