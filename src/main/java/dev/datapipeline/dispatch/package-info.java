/**
 * The doorbell: which waiting batches are rung for, and when.
 *
 * <p>{@link dev.datapipeline.dispatch.BatchDispatcher} keeps the in-memory channel topped up with ids only, fairly between runs, never more
 * than the workers can take. Runs tell it what was committed, the worker what it is through with; a sweep over the table finds what
 * either forgot. {@link dev.datapipeline.dispatch.RunEnded} is fired for everybody who keeps something of an open run.
 *
 * <p>Knows of the tables only what waits, and changes nothing in them: a lost or doubled message costs time and nothing else. While Docker
 * is away nothing is handed out.
 */
@NullMarked
package dev.datapipeline.dispatch;

import org.jspecify.annotations.NullMarked;
