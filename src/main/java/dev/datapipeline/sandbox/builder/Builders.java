package dev.datapipeline.sandbox.builder;

import dev.datapipeline.sandbox.engine.SandboxFailureException;

/** Starts builders. Thread-safe. */
public interface Builders {
    /**
     * Starts a container as sandboxes are, with the same isolation and more memory.
     *
     * @param image name of its base image
     */
    Builder launch(String image) throws SandboxFailureException, InterruptedException;

    /**
     * Identifies the image that sandboxes and builders have now; another one may have another Python.
     *
     * @param base name of the base image
     */
    String image(String base) throws SandboxFailureException, InterruptedException;
}
