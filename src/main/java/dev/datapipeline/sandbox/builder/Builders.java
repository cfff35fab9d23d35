package dev.datapipeline.sandbox.builder;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

/** Starts builders. Thread-safe. */
public interface Builders {
    /** Starts a container of the sandbox image, with the same isolation and more memory. */
    Builder launch() throws SandboxFailureException, InterruptedException;

    /** Identifies the image that sandboxes and builders have now; another one may have another Python. */
    String image() throws SandboxFailureException, InterruptedException;
}
