package dev.datapipeline.sandbox;

/** Makes sandboxes. Thread-safe. */
interface SandboxStarter {
    /** A sandbox whose engine said HELLO. */
    StartedSandbox start() throws SandboxFailureException, InterruptedException;
}
