package dev.datapipeline.sandbox.docker.container;

/**
 * What one container may use; the rest is the same for all.
 *
 * @param memory bytes of all processes, temporary files and shared memory together
 * @param temporaryFiles bytes in /tmp
 */
record ContainerBounds(long memory, long temporaryFiles) {}
