package dev.datapipeline.sandbox;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.image.BaseImages;

public interface SandboxLauncher {
    /**
     * Returns a new sandbox whose engine has connected.
     *
     * @param image name of its base image, as in {@link BaseImages}
     */
    Sandbox launch(String image) throws SandboxFailureException, InterruptedException;
}
