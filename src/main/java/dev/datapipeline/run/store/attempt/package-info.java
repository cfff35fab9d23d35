/**
 * The attempts at a run: its submission and each retry, and in which of them a record got its result.
 */
@NullMarked
package dev.datapipeline.run.store.attempt;

import org.jspecify.annotations.NullMarked;
