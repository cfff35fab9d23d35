package dev.datapipeline.environment.build;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;
import java.util.UUID;

/** Builds the folder of an environment from its lock. Implementations are thread-safe, but the caller builds each lock once at a time. */
public interface EnvironmentBuilder {
    /**
     * Makes the folder, or takes the one that is there where it is intact. What an attempt has not finished stays out of the way of others.
     *
     * @param environment with {@code attempt}, names what is not finished
     * @throws PackagesRefusedException the wheels cannot be installed
     * @throws IndexUnreachableException wheels that are not in the store cannot be fetched for now
     * @throws SandboxFailureException there is no builder for now
     */
    BuiltEnvironment build(Lock lock, UUID environment, int attempt, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException;
}
