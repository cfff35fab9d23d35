package dev.datapipeline.run.event;

import java.util.UUID;

/** An open run waits for its environment. Fired after the commit; {@link RunSubmitted} follows when the environment is ready. */
public record RunWaits(UUID run, UUID environment) {}
