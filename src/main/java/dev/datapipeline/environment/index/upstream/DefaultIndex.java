package dev.datapipeline.environment.index.upstream;

import dev.datapipeline.environment.wheel.IndexUnreachableException;

/** Knows the index that the pip of the sandbox image has by default. Thread-safe; blocks. */
@FunctionalInterface
public interface DefaultIndex {
    /**
     * The address of its Simple API.
     *
     * @throws IndexUnreachableException when nobody can say it now
     */
    String address() throws IndexUnreachableException, InterruptedException;
}
