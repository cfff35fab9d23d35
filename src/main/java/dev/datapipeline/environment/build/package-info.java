/**
 * The words of making environments: resolving declared packages to a lock, building the folder that sandboxes mount from a lock, and how that
 * goes on.
 *
 * <p>Whatever comes from an index, a wheel or a builder is untrusted. No code of a package runs in the service or in a builder, and the
 * service alone writes files.
 */
@NullMarked
package dev.datapipeline.environment.build;

import org.jspecify.annotations.NullMarked;
