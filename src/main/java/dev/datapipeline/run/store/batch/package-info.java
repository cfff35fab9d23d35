/** SQL of batches: what is pending, claims, ends of attempts, and where their results are. Every change is guarded by the attempt number. */
@NullMarked
package dev.datapipeline.run.store.batch;

import org.jspecify.annotations.NullMarked;
