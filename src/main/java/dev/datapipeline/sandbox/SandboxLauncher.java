package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

/** Makes sandboxes. Thread-safe. */
public interface SandboxLauncher {
    /** A sandbox whose engine said HELLO. */
    RunningSandbox start() throws SandboxFailureException, InterruptedException;
}
