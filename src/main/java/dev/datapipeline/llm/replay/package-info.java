/**
 * Answers that are kept so that nothing is paid twice.
 *
 * <p>{@link dev.datapipeline.llm.replay.Replays} keeps the answers of a run: a record that is run again, after a crash or by a retry, gets
 * the answers that it had, in the order in which it asks. {@link dev.datapipeline.llm.replay.ExactCache} shares answers between runs that
 * ask for that; equal requests at the same time go up once ({@link dev.datapipeline.llm.replay.SingleFlight}). Called by the ledger.
 *
 * <p>Two equal requests of one record are two requests: the k-th gets the k-th answer, so that samples stay samples. Only whole successful
 * answers are kept. Bytes stand in files, memory holds 24 bytes for each answer.
 */
@NullMarked
package dev.datapipeline.llm.replay;

import org.jspecify.annotations.NullMarked;
