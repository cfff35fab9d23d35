package dev.datapipeline.environment.build;

import dev.datapipeline.environment.lock.Lock;
import dev.datapipeline.environment.requirement.DeclaredPackages;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.IOException;

/** Finds the wheels for declared packages. Implementations are thread-safe. */
public interface PackageResolver {
    /**
     * Resolves packages for the Python of the image that is declared with them.
     *
     * @throws PackagesRefusedException they cannot be resolved as they are declared
     * @throws IndexUnreachableException an index cannot be reached for now
     * @throws SandboxFailureException there is no builder for now
     */
    Lock resolve(DeclaredPackages declared, BuildLog log)
            throws PackagesRefusedException, IndexUnreachableException, SandboxFailureException, IOException,
                    InterruptedException;

    /**
     * Whether a lock is still for the Python of the sandboxes: the base of their image may have changed since.
     *
     * @param image name of the base image
     */
    boolean fits(Lock lock, String image) throws SandboxFailureException, InterruptedException;
}
