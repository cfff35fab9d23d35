package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

/** Starts sandboxes. Thread-safe. */
public interface SandboxLauncher {
    /** Returns a new sandbox whose engine has connected. */
    Sandbox launch() throws SandboxFailureException, InterruptedException;
}
