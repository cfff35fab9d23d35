/**
 * Dispatch: which waiting batch runs next, and which one has to give its slot to another run.
 *
 * <p>{@link dev.datapipeline.dispatch.BatchDispatcher} keeps the in-memory channel topped up with ids only, never more than the workers can
 * take; {@code DispatchQueue} decides, by the rules in {@code SlotRules}. Runs tell it what was committed, the worker what has ended; a sweep
 * over the table finds what either forgot. {@link dev.datapipeline.dispatch.RunEnded} is fired for everybody who keeps something of an
 * open run, {@link dev.datapipeline.dispatch.TurnEnded} for the worker that has to give a batch back.
 *
 * <p>Reads of the tables only what waits, never with the lock held, and changes nothing in them: a lost or doubled message costs time and
 * nothing else. While Docker is away nothing is handed out.
 */
@NullMarked
package dev.datapipeline.dispatch;

import org.jspecify.annotations.NullMarked;
