package dev.datapipeline.sandbox;

import dev.datapipeline.engine.SandboxFailureException;

/** Makes sandboxes. Thread-safe. */
public interface SandboxStarter {
    /** A sandbox whose engine said HELLO. */
    StartedSandbox start() throws SandboxFailureException, InterruptedException;
}
