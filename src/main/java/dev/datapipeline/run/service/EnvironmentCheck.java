package dev.datapipeline.run.service;

import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.UUID;

/** Checks the files of an environment before a sandbox uses them. */
@FunctionalInterface
interface EnvironmentCheck {
    /**
     * Where the files are damaged or for another Python, they are made again, and runs that use them wait.
     *
     * @throws SandboxFailureException CLOSED: the batch runs again when the environment is ready
     */
    void requireUsable(UUID environment, String folder) throws SandboxFailureException, InterruptedException;
}
