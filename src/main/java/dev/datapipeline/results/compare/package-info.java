/**
 * Compares two runs over one dataset by digests of their outcomes, so that no run is held in memory.
 */
@NullMarked
package dev.datapipeline.results.compare;

import org.jspecify.annotations.NullMarked;
