/**
 * Resolves declared packages to a lock, with the pip of the sandbox image in a builder. What pip chose is taken from the words of the indexes,
 * and why it chose nothing as well, where they know: the builder could say anything.
 */
@NullMarked
package dev.datapipeline.environment.build.resolve;

import org.jspecify.annotations.NullMarked;
