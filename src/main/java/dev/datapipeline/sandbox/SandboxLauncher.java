package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

public interface SandboxLauncher {
    /** Returns a new sandbox whose engine has connected. */
    Sandbox launch() throws SandboxFailureException, InterruptedException;
}
