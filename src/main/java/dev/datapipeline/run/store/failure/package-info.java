/** SQL of the causes for which records failed. */
@NullMarked
package dev.datapipeline.run.store.failure;

import org.jspecify.annotations.NullMarked;
