package dev.datapipeline.environment.build;

import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/** Builds the folder of an environment from its lock. Implementations are thread-safe, but the caller builds each lock once at a time. */
public interface EnvironmentBuilder {
    /**
     * Makes the folder, or takes the one that is there where it is intact. What an attempt has not finished stays out of the way of others.
     *
     * @throws PackagesRefusedException the wheels cannot be installed
     * @throws IndexUnreachableException wheels that are not in the store cannot be fetched for now
     * @throws SandboxFailureException there is no builder for now
     */
    BuiltEnvironment build(BuildOrder order, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException;
}
