/**
 * Dispatch: which pending batch runs next, and which one has to release its slot to another run.
 *
 * <p>{@link dev.datapipeline.worker.dispatch.BatchDispatcher} fills the in-memory channel with batch ids, never more than the workers can take;
 * {@code DispatchQueue} chooses, by the rules in {@code SlotRules}. Events of runs and the worker's answers keep it current; a sweep over the
 * table finds what was missed. {@link dev.datapipeline.worker.dispatch.TurnEnded} tells the worker to release a batch.
 *
 * <p>Reads pending batches, never with the lock held, and changes nothing in the tables: a lost or doubled message costs time and nothing
 * else. While Docker is away nothing is dispatched.
 */
@NullMarked
package dev.datapipeline.worker.dispatch;

import org.jspecify.annotations.NullMarked;
